package dev.runlog.process.lifecycle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Another process runs under the same instance name. It may end soon; trying again can help. */
public final class InstanceRunningException extends RuntimeException {

  InstanceRunningException(
      String instanceId, Optional<String> pid, Duration waited, Path lockFile) {
    super(
        instanceId
            + " is already running"
            + pid.map(number -> " as pid " + number).orElse(" in another process")
            + (waited.isZero() ? "" : " and did not end within " + waited.toMillis() + " ms")
            + "; stop it first, or start under another INSTANCE_ID (lock: "
            + lockFile
            + ")");
  }
}
