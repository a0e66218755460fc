package dev.runlog.events.tasks;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.TaskClaimed;
import dev.runlog.events.tasks.TaskMoves.Next;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/** One statement after the other: the way of any store. */
final class StepwiseAttempts implements Attempts {

  private final EventLog log;
  private final TaskMoves moves;
  private final InstantSource clock;

  StepwiseAttempts(EventLog log, TaskMoves moves, InstantSource clock) {
    this.log = log;
    this.moves = moves;
    this.clock = clock;
  }

  @Override
  public Optional<Claim> begin(Transaction transaction, Emitter by, Collection<String> kinds) {
    Instant now = clock.instant();
    return moves.next(transaction, kinds, now).map(next -> begin(transaction, by, next, now));
  }

  @Override
  public Optional<Claim> completeAndBegin(
      Transaction transaction, Emitter by, Completion completion, Collection<String> kinds) {
    moves.end(transaction, completion.claim(), completion.end());
    log.append(transaction, by, completion.event());
    return begin(transaction, by, kinds);
  }

  /** The event first: the row names it. */
  private Claim begin(Transaction transaction, Emitter by, Next next, Instant now) {
    EventId event =
        log.append(
            transaction, by, new TaskClaimed(next.id().value(), next.kind(), next.attempts() + 1));
    return new Claim(moves.hold(transaction, next.id(), by.runId(), event, now), event);
  }
}
