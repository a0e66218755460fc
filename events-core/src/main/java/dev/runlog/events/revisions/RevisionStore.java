package dev.runlog.events.revisions;

import static dev.runlog.events.schema.Tables.SUPERVISOR_REVISIONS;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.RevisionComparison;
import dev.runlog.events.payload.RevisionFacts;
import dev.runlog.events.payload.RevisionRequested;
import dev.runlog.events.payload.RevisionResumed;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;

/**
 * Moves revisions through their states. Each method is one transaction that changes the row and
 * appends the event which says so; a crash leaves both or neither. Thread-safe, also among
 * processes.
 */
public final class RevisionStore {

  /** Who looks for another one in flight and then moves must not be overtaken. */
  private static final String MOVING = "supervisor_revisions";

  private final Database database;
  private final EventLog log;
  private final InstantSource clock;

  public RevisionStore(Database database, EventLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Registers a build. A SHA whose last attempt is over gets another one.
   *
   * @param promotes whether it is to go on by itself once it is verified
   * @throws InvalidRevisionException when the name is no SHA, an attempt of it with this supervisor
   *     is not over, or the SHA stands for another content already, with whichever supervisor
   */
  public Revision register(
      Emitter by,
      String supervisorInstanceId,
      String revision,
      String artifactSha256,
      boolean promotes) {
    RevisionName.require(revision);
    return database.write(
        transaction -> {
          transaction.serialize(MOVING);
          Registration.check(all(transaction), supervisorInstanceId, revision, artifactSha256);
          return insert(transaction, by, supervisorInstanceId, revision, artifactSha256, promotes);
        });
  }

  /**
   * Moves a revision on, if it is still in the state in which the caller saw it. One that a person
   * wants to be taken back never becomes permanent.
   *
   * @param reason why, for people
   * @param figures what it was judged by; those of before are kept where there are none
   * @return whether it was moved; if not, somebody else was first, by a move or a wish, and nothing
   *     was changed
   * @throws IllegalArgumentException when there is no way to that state
   * @throws InvalidRevisionException when another revision of the supervisor is in flight
   */
  public boolean move(
      Emitter by,
      Revision from,
      RevisionState to,
      Optional<String> reason,
      Optional<RevisionComparison> figures) {
    if (!from.state().next().contains(to)) {
      throw new IllegalArgumentException(
          "a revision that is " + from.state().wireName() + " never becomes " + to.wireName());
    }
    return database.write(
        transaction -> {
          transaction.serialize(MOVING);
          return move(transaction, by, from, to, reason, figures.or(from::figures));
        });
  }

  /**
   * Asks that a revision go on or be taken back. Before its check nobody has to wait for a
   * supervisor to take it back: it is rejected at once.
   *
   * @throws InvalidRevisionException when it is in no state for that; the message says what to do
   */
  public void request(Emitter by, Revision revision, Wish wish) {
    database.write(
        transaction -> {
          transaction.serialize(MOVING);
          List<Revision> all = of(transaction, revision.supervisorInstanceId());
          Revision now =
              all.stream().filter(row -> row.id() == revision.id()).findFirst().orElseThrow();
          Request.check(all, now, wish);
          return request(transaction, by, now, wish);
        });
  }

  /** Notes that a supervisor found a revision in flight when it started; returns how it is now. */
  public Revision resume(Emitter by, Revision revision) {
    return database.write(
        transaction -> {
          update(
              transaction,
              revision.id(),
              Map.of(SUPERVISOR_REVISIONS.RESUMES, (long) revision.resumes() + 1));
          RevisionFacts facts =
              revision.facts(
                  revision.previousRevision(),
                  Optional.of("found " + revision.state().wireName() + " at the start"),
                  Optional.empty());
          log.append(transaction, by, new RevisionResumed(facts));
          return find(transaction, revision.id());
        });
  }

  private Revision insert(
      Transaction transaction,
      Emitter by,
      String supervisor,
      String revision,
      String artifactSha256,
      boolean promotes) {
    long now = clock.millis();
    long attempt =
        of(transaction, supervisor).stream().filter(row -> row.revision().equals(revision)).count()
            + 1;
    long id =
        transaction
            .sql()
            .insertInto(SUPERVISOR_REVISIONS)
            .set(SUPERVISOR_REVISIONS.SUPERVISOR_INSTANCE_ID, supervisor)
            .set(SUPERVISOR_REVISIONS.REVISION, revision)
            .set(SUPERVISOR_REVISIONS.ATTEMPT, attempt)
            .set(SUPERVISOR_REVISIONS.ARTIFACT_SHA256, artifactSha256)
            .set(SUPERVISOR_REVISIONS.STATE, RevisionState.REGISTERED.wireName())
            .set(SUPERVISOR_REVISIONS.REGISTERED_AT, now)
            .set(SUPERVISOR_REVISIONS.REGISTERED_BY, by.runId().value())
            .set(SUPERVISOR_REVISIONS.STATE_SINCE, now)
            .set(SUPERVISOR_REVISIONS.PROMOTE_REQUESTED_AT, promotes ? now : null)
            .returningResult(SUPERVISOR_REVISIONS.ID)
            .fetchSingle(SUPERVISOR_REVISIONS.ID);
    Revision registered = find(transaction, id);
    report(transaction, by, registered, Optional.empty(), Optional.empty(), Optional.empty());
    return registered;
  }

  private boolean move(
      Transaction transaction,
      Emitter by,
      Revision from,
      RevisionState to,
      Optional<String> reason,
      Optional<RevisionComparison> figures) {
    Revision now = find(transaction, from.id());
    if (now.state() != from.state() || isToBeTakenBack(now, to)) {
      return false;
    }
    List<Revision> all = of(transaction, from.supervisorInstanceId());
    if (to.isInFlight()) {
      InFlight.requireNoneBeside(all, now);
    }
    Optional<Revision> permanent = permanent(all);
    Optional<String> previous =
        to == RevisionState.CANARY ? permanent.map(Revision::revision) : now.previousRevision();
    if (to == RevisionState.PERMANENT) {
      permanent.ifPresent(old -> supersede(transaction, by, old, now));
    }
    EventId event = report(transaction, by, withState(now, to), previous, reason, figures);
    update(transaction, now.id(), change(to, previous, reason, figures, event));
    return true;
  }

  /** Once it is permanent nobody looks at the wish any more, which was accepted before. */
  private static boolean isToBeTakenBack(Revision now, RevisionState to) {
    return to == RevisionState.PERMANENT && now.rollbackRequestedAt().isPresent();
  }

  private void supersede(Transaction transaction, Emitter by, Revision old, Revision newer) {
    Optional<String> reason = Optional.of(newer.revision() + " is permanent");
    Revision gone = withState(old, RevisionState.SUPERSEDED);
    EventId event = report(transaction, by, gone, old.previousRevision(), reason, Optional.empty());
    update(
        transaction,
        old.id(),
        change(gone.state(), old.previousRevision(), reason, old.figures(), event));
  }

  private boolean request(Transaction transaction, Emitter by, Revision revision, Wish wish) {
    Field<Long> column =
        switch (wish) {
          case PROMOTE -> SUPERVISOR_REVISIONS.PROMOTE_REQUESTED_AT;
          case ROLLBACK -> SUPERVISOR_REVISIONS.ROLLBACK_REQUESTED_AT;
        };
    update(transaction, revision.id(), Map.of(column, clock.millis()));
    RevisionFacts facts =
        revision.facts(revision.previousRevision(), Optional.empty(), Optional.empty());
    log.append(transaction, by, new RevisionRequested(wish.wireName(), facts));
    boolean isOver =
        wish == Wish.ROLLBACK && revision.state().next().contains(RevisionState.REJECTED);
    return isOver
        && move(
            transaction,
            by,
            revision,
            RevisionState.REJECTED,
            Optional.of("taken back by run " + by.runId() + " before it had a slot"),
            Optional.empty());
  }

  private EventId report(
      Transaction transaction,
      Emitter by,
      Revision entered,
      Optional<String> previous,
      Optional<String> reason,
      Optional<RevisionComparison> figures) {
    RevisionFacts facts = entered.facts(previous, reason, figures);
    return log.append(transaction, by, RevisionEvents.of(entered.state(), facts));
  }

  private Map<Field<?>, Object> change(
      RevisionState to,
      Optional<String> previous,
      Optional<String> reason,
      Optional<RevisionComparison> figures,
      EventId event) {
    Map<Field<?>, Object> change = new HashMap<>();
    change.put(SUPERVISOR_REVISIONS.STATE, to.wireName());
    change.put(SUPERVISOR_REVISIONS.STATE_SINCE, clock.millis());
    change.put(SUPERVISOR_REVISIONS.RESUMES, 0L);
    change.put(SUPERVISOR_REVISIONS.PREVIOUS_REVISION, previous.orElse(null));
    change.put(SUPERVISOR_REVISIONS.REASON, reason.orElse(null));
    change.put(SUPERVISOR_REVISIONS.FIGURES, figures.map(Json::write).orElse(null));
    if (to == RevisionState.CANARY) {
      change.put(SUPERVISOR_REVISIONS.WINDOW_START_EVENT_ID, event.value());
    }
    if (to == RevisionState.INCONSISTENT) {
      // What was asked before has failed; a person asks again once the file is back.
      change.put(SUPERVISOR_REVISIONS.ROLLBACK_REQUESTED_AT, null);
    }
    return change;
  }

  private static Revision withState(Revision row, RevisionState state) {
    return new Revision(
        row.id(),
        row.supervisorInstanceId(),
        row.revision(),
        row.attempt(),
        row.artifactSha256(),
        state,
        row.previousRevision(),
        row.reason(),
        row.figures(),
        row.resumes(),
        row.windowStartEventId(),
        row.registeredAt(),
        row.registeredBy(),
        row.stateSince(),
        row.promoteRequestedAt(),
        row.rollbackRequestedAt());
  }

  private static Optional<Revision> permanent(List<Revision> all) {
    return all.stream().filter(row -> row.state() == RevisionState.PERMANENT).findFirst();
  }

  private static void update(Transaction transaction, long id, Map<? extends Field<?>, ?> change) {
    transaction
        .sql()
        .update(SUPERVISOR_REVISIONS)
        .set(change)
        .where(SUPERVISOR_REVISIONS.ID.eq(id))
        .execute();
  }

  private static Revision find(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(SUPERVISOR_REVISIONS)
        .where(SUPERVISOR_REVISIONS.ID.eq(id))
        .fetchSingle(RevisionRows::toRevision);
  }

  private static List<Revision> of(Transaction transaction, String supervisor) {
    return all(transaction).stream()
        .filter(row -> row.supervisorInstanceId().equals(supervisor))
        .toList();
  }

  private static List<Revision> all(Transaction transaction) {
    return transaction
        .sql()
        .selectFrom(SUPERVISOR_REVISIONS)
        .orderBy(SUPERVISOR_REVISIONS.ID.desc())
        .fetch(RevisionRows::toRevision);
  }
}
