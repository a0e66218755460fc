package dev.runlog.supervisor.revision;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.payload.RevisionComparison;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.work.Work;
import dev.runlog.events.work.WorkQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures a build beside the previous one, not more often than is cheap. Belongs to the
 * supervisor's thread.
 */
final class Trial {

  private static final Work NONE = new Work(0, 0, List.of());
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(400);

  /** Measuring may take this part of the time of the supervisor's thread. */
  private static final int PAUSES_A_MEASUREMENT = 20;

  /** How far the previous build is looked back at when it did nothing beside the new one. */
  private static final long EVENTS_BEFORE = 50_000;

  private final LongSupplier nanoTime;
  private final WorkQuery query;
  private final EventQuery events;
  private Work fresh = NONE;
  private Work previous = NONE;
  private long measuredRow = -1;
  private long measuredEnds;
  private long measureAtNanos;

  /**
   * @param nanoTime the monotonic clock
   */
  Trial(Database database, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.query = new WorkQuery(database);
    this.events = new EventQuery(database);
  }

  /**
   * Measures when it is time to, and at once when a worker has ended: it may have been the crash
   * that is one too many, and the next start must not come before the verdict.
   *
   * @param ends how many workers of the fleet have ended
   */
  void measure(Revision revision, Optional<String> previousSha, long ends) {
    boolean isOther = measuredRow != revision.id() || measuredEnds != ends;
    if (isOther || nanoTime.getAsLong() - measureAtNanos >= 0) {
      measuredEnds = ends;
      measureNow(revision, previousSha);
    }
  }

  /** Measures whatever was measured before. */
  void measureNow(Revision revision, Optional<String> previousSha) {
    long start = nanoTime.getAsLong();
    fresh = NONE;
    previous = NONE;
    revision.windowStartEventId().ifPresent(since -> look(revision, previousSha, since));
    long took = nanoTime.getAsLong() - start;
    measuredRow = revision.id();
    measureAtNanos = start + Math.max(SHORTEST_PAUSE.toNanos(), took * PAUSES_A_MEASUREMENT);
  }

  Work fresh() {
    return fresh;
  }

  Work previous() {
    return previous;
  }

  /** Both beside each other, as events tell it; empty before there was anything to compare. */
  Optional<RevisionComparison> comparison(Revision revision) {
    return revision
        .windowStartEventId()
        .flatMap(start -> events.find(new EventId(start)))
        .map(start -> Duration.between(start.timestamp(), Instant.now()))
        .map(
            window ->
                new RevisionComparison(
                    Math.max(0, window.toMillis()), fresh.figures(), previous.figures()));
  }

  private void look(Revision revision, Optional<String> previousSha, long start) {
    String supervisor = revision.supervisorInstanceId();
    fresh = query.of(supervisor, Optional.of(revision.revision()), start);
    if (previousSha.equals(Optional.of(revision.revision()))) {
      // Their work cannot be told apart, and a build that is measured by itself never does worse.
      return;
    }
    previous = query.of(supervisor, previousSha, start);
    if (previous.tasks() < CanaryJudge.FEWEST_TASKS) {
      previous = query.of(supervisor, previousSha, Math.max(0, start - EVENTS_BEFORE));
    }
  }
}
