package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * Old events were removed from the table.
 *
 * @param startedEventId the {@code events.pruning} before it
 * @param rows events that were removed
 * @param trees trees of runs of which nothing is left
 * @param tasks finished tasks that went with the runs that submitted them
 * @param archive absolute path of the file that holds the events, absent when they were not kept
 * @param archiveSha256 SHA-256 of the file's lines, uncompressed
 * @param error why it ended early, absent when it did not
 */
public record EventsPruned(
    long startedEventId,
    long rows,
    long trees,
    long tasks,
    Optional<String> archive,
    Optional<String> archiveSha256,
    Optional<String> error)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.EVENTS_PRUNED.wireName();
  }
}
