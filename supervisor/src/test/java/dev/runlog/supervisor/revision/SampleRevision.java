package dev.runlog.supervisor.revision;

import dev.runlog.events.log.RunId;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attempts as tests want them: the first of a build of {@code supervisor-main}. */
record SampleRevision(
    long id, String sha, RevisionState state, long stateSinceMillis, @Nullable Long windowStart) {

  static SampleRevision in(RevisionState state) {
    return new SampleRevision(1, "a".repeat(40), state, 0, null);
  }

  SampleRevision of(long otherId, String otherSha) {
    return new SampleRevision(otherId, otherSha, state, stateSinceMillis, windowStart);
  }

  SampleRevision since(long millis) {
    return new SampleRevision(id, sha, state, millis, windowStart);
  }

  SampleRevision measuredFrom(long eventId) {
    return new SampleRevision(id, sha, state, stateSinceMillis, eventId);
  }

  Revision asked() {
    return row(Optional.of(Instant.EPOCH));
  }

  Revision unasked() {
    return row(Optional.empty());
  }

  private Revision row(Optional<Instant> promoteRequestedAt) {
    return new Revision(
        id,
        "supervisor-main",
        sha,
        1,
        "0".repeat(64),
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.ofNullable(windowStart),
        Instant.EPOCH,
        new RunId(1),
        Instant.ofEpochMilli(stateSinceMillis),
        promoteRequestedAt,
        Optional.empty());
  }
}
