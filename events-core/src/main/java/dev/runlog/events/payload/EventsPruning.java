package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * Old events are about to be removed from the table. From then on an event may speak of a run or a
 * task that is no longer there.
 *
 * @param rows events that are to go
 * @param trees trees of runs that they are all of
 * @param tasks finished tasks that are to go with the runs that submitted them
 * @param archive absolute path of the file that holds the events, absent when they are not kept
 * @param archiveSha256 SHA-256 of the file's lines, uncompressed
 */
public record EventsPruning(
    long rows, long trees, long tasks, Optional<String> archive, Optional<String> archiveSha256)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.EVENTS_PRUNING.wireName();
  }
}
