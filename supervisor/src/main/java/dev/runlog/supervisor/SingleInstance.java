package dev.runlog.supervisor;

import dev.runlog.process.ProcessMain;
import dev.runlog.process.lifecycle.InstanceLock;
import java.time.Duration;

/** Lets only one supervisor of a name run on a database: two would fill the same slots. */
final class SingleInstance {

  /** A predecessor that is being killed still holds its lock for a moment. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private SingleInstance() {}

  static ProcessMain guard(ProcessMain main) {
    return context -> {
      InstanceLock lock =
          InstanceLock.acquire(context.database().localPath(), context.instanceId(), LONGEST_WAIT);
      try {
        return main.run(context);
      } finally {
        lock.close();
      }
    };
  }
}
