package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.List;
import java.util.Optional;

/**
 * A parent started a child process.
 *
 * @param workerInstanceId long-lived name of the child
 * @param pid process id of the child
 * @param command the command line
 * @param revision build that the child runs, absent when it is not known
 * @param restartCount how often this instance was started again by this parent, 0 for the first
 *     start
 */
public record WorkerSpawned(
    String workerInstanceId,
    long pid,
    List<String> command,
    Optional<String> revision,
    int restartCount)
    implements EventPayload {
  public WorkerSpawned {
    command = List.copyOf(command);
  }

  @Override
  public String eventType() {
    return EventType.WORKER_SPAWNED.wireName();
  }
}
