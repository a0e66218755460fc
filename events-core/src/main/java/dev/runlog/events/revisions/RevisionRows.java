package dev.runlog.events.revisions;

import static dev.runlog.events.schema.Tables.SUPERVISOR_REVISIONS;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.RevisionComparison;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;

/** Turns rows of the table into revisions. */
final class RevisionRows {

  private RevisionRows() {}

  static Revision toRevision(Record row) {
    return new Revision(
        row.get(SUPERVISOR_REVISIONS.ID),
        row.get(SUPERVISOR_REVISIONS.SUPERVISOR_INSTANCE_ID),
        row.get(SUPERVISOR_REVISIONS.REVISION),
        row.get(SUPERVISOR_REVISIONS.ATTEMPT).intValue(),
        row.get(SUPERVISOR_REVISIONS.ARTIFACT_SHA256),
        RevisionState.ofWireName(row.get(SUPERVISOR_REVISIONS.STATE)),
        Optional.ofNullable(row.get(SUPERVISOR_REVISIONS.PREVIOUS_REVISION)),
        Optional.ofNullable(row.get(SUPERVISOR_REVISIONS.REASON)),
        Optional.ofNullable(row.get(SUPERVISOR_REVISIONS.FIGURES))
            .map(json -> Json.read(json, RevisionComparison.class)),
        row.get(SUPERVISOR_REVISIONS.RESUMES).intValue(),
        Optional.ofNullable(row.get(SUPERVISOR_REVISIONS.WINDOW_START_EVENT_ID)),
        Instant.ofEpochMilli(row.get(SUPERVISOR_REVISIONS.REGISTERED_AT)),
        new RunId(row.get(SUPERVISOR_REVISIONS.REGISTERED_BY)),
        Instant.ofEpochMilli(row.get(SUPERVISOR_REVISIONS.STATE_SINCE)),
        time(row, SUPERVISOR_REVISIONS.PROMOTE_REQUESTED_AT),
        time(row, SUPERVISOR_REVISIONS.ROLLBACK_REQUESTED_AT));
  }

  private static Optional<Instant> time(Record row, Field<Long> millis) {
    return Optional.ofNullable(row.get(millis)).map(Instant::ofEpochMilli);
  }
}
