package dev.runlog.console.render;

import dev.runlog.events.json.Json;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Revisions for a terminal of 80 columns. */
public final class RevisionTable {

  private static final int SHORT_SHA = 10;

  private RevisionTable() {}

  /** A line an attempt, with the reason of its state. */
  public static Table of(List<Revision> revisions, Instant now, ZoneId zone) {
    Table table =
        new Table(
            Column.text("REVISION"),
            Column.number("TRY"),
            Column.text("STATE"),
            Column.text("SINCE"),
            Column.cuttable("SUPERVISOR", 8),
            Column.cuttable("WHY", 8));
    for (Revision revision : revisions) {
      table.row(
          Cell.of(shortSha(revision.revision())),
          Cell.of(Integer.toString(revision.attempt())),
          Cell.of(revision.state().wireName(), styleOf(revision.state())),
          Cell.of(Humans.shortTime(revision.stateSince(), now, zone)),
          Cell.of(revision.supervisorInstanceId()),
          Cell.of(SafeText.summary(revision.reason().orElse(""))));
    }
    return table;
  }

  /** All that is known of one. */
  public static FieldList fields(Revision revision, ZoneId zone) {
    FieldList fields =
        new FieldList()
            .add("revision", revision.revision())
            .add("attempt", revision.attempt())
            .add("supervisor", revision.supervisorInstanceId())
            .add(
                "state",
                revision.state().wireName() + " since " + Humans.time(revision.stateSince(), zone))
            .add(
                "registered",
                Humans.time(revision.registeredAt(), zone) + " by run " + revision.registeredBy())
            .add("artifact_sha256", revision.artifactSha256());
    revision.previousRevision().ifPresent(sha -> fields.add("previous", sha));
    revision.reason().ifPresent(reason -> fields.add("reason", reason));
    revision
        .promoteRequestedAt()
        .ifPresent(at -> fields.add("promote asked", Humans.time(at, zone)));
    revision
        .rollbackRequestedAt()
        .ifPresent(at -> fields.add("rollback asked", Humans.time(at, zone)));
    revision.figures().ifPresent(figures -> fields.add("figures", Json.write(figures)));
    return fields;
  }

  private static String shortSha(String sha) {
    return sha.substring(0, Math.min(SHORT_SHA, sha.length()));
  }

  private static Style styleOf(RevisionState state) {
    return switch (state) {
      case PERMANENT, ACTIVE -> Style.GREEN;
      case VERIFYING, CANARY, ROLLING -> Style.CYAN;
      case REJECTED, ROLLING_BACK, ROLLED_BACK, INCONSISTENT -> Style.RED;
      case SUPERSEDED -> Style.DIM;
      case REGISTERED, CANDIDATE -> Style.PLAIN;
    };
  }
}
