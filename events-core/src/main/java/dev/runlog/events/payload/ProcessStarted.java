package dev.runlog.events.payload;

import dev.runlog.events.json.FlatObject;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * The first act of every process; the id of this event is its run id.
 *
 * @param version version of the program
 * @param pid process id on {@code host}
 * @param host host name
 * @param javaVersion version of the Java runtime
 * @param startedAt when the operating system started the process, Unix epoch milliseconds; with the
 *     pid it names the process for good
 */
public record ProcessStarted(
    String version, long pid, String host, String javaVersion, long startedAt)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.PROCESS_STARTED.wireName();
  }

  /** As it is written into the events table, made quickly: nothing of a process is known before. */
  public String toJson() {
    return new FlatObject()
        .put("version", version)
        .put("pid", pid)
        .put("host", host)
        .put("java_version", javaVersion)
        .put("started_at", startedAt)
        .toJson();
  }
}
