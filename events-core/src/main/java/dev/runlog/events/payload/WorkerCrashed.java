package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.List;
import java.util.Optional;

/**
 * A child ended unplanned.
 *
 * @param workerInstanceId long-lived name of the child
 * @param workerRunId run of the child, absent when it ended before it logged {@code
 *     process.started}
 * @param pid process id of the child
 * @param exitCode exit code; 128 plus the signal number when a signal ended it, -1 when nobody saw
 *     it end
 * @param signal name of the signal that ended it, such as {@code SIGKILL}
 * @param uptimeMs milliseconds from its start to its end
 * @param releasedTaskIds tasks that it held and that went back to the queue in the same transaction
 * @param restartDelayMs milliseconds until it is started again, absent when it is not
 * @param lastOutput the end of what it printed
 * @param reason what kind of crash it was, absent when nothing is known beyond the exit code:
 *     {@code out of memory…}, {@code no heartbeat for…}, {@code no process.started within…}
 */
public record WorkerCrashed(
    String workerInstanceId,
    Optional<Long> workerRunId,
    long pid,
    int exitCode,
    Optional<String> signal,
    long uptimeMs,
    List<Long> releasedTaskIds,
    Optional<Long> restartDelayMs,
    String lastOutput,
    Optional<String> reason)
    implements EventPayload {
  public WorkerCrashed {
    releasedTaskIds = List.copyOf(releasedTaskIds);
  }

  @Override
  public String eventType() {
    return EventType.WORKER_CRASHED.wireName();
  }
}
