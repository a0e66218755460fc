package dev.runlog.events.tasks;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.TaskCancelled;
import dev.runlog.events.payload.TaskFailed;
import dev.runlog.events.payload.TaskStale;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The durable queue. Each method is one transaction that changes the row and appends the event
 * which says so; a crash leaves both or neither. Thread-safe.
 */
public final class TaskQueue {

  private final Database database;
  private final EventLog log;
  private final InstantSource clock;
  private final TaskMoves moves = new TaskMoves();
  private final Submissions submissions;
  private final Cancellation cancellation;
  private final EndedHolders endedHolders;
  private final StepwiseAttempts stepwise;
  private final CombinedAttempts combined;

  public TaskQueue(Database database, EventLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
    this.submissions = new Submissions(log, moves, clock);
    this.cancellation = new Cancellation(log, moves, clock);
    this.endedHolders = new EndedHolders(log, cancellation, clock);
    this.stepwise = new StepwiseAttempts(log, moves, clock);
    this.combined = new CombinedAttempts(log, stepwise, clock);
  }

  /**
   * Submits tasks, all of them or none.
   *
   * @return one submission a task, in their order
   */
  public List<Submission> submit(Emitter by, List<TaskSpec> specs) {
    return database.write(
        transaction -> {
          List<Submission> submitted = new ArrayList<>(specs.size());
          for (TaskSpec spec : specs) {
            submitted.add(submissions.submit(transaction, by, spec));
          }
          return submitted;
        });
  }

  /**
   * Takes the task that is due next among these kinds, empty when none is due.
   *
   * @param kinds the kinds that the caller can run
   */
  public Optional<Claim> claimNext(Emitter by, Collection<String> kinds) {
    return claimNext(by, () -> kinds);
  }

  /**
   * The same for a caller that may stop wanting tasks while it waits for its turn to write.
   *
   * @param kinds tells the kinds as for {@link #completeAndClaimNext}
   */
  public Optional<Claim> claimNext(Emitter by, Supplier<? extends Collection<String>> kinds) {
    return database.write(transaction -> attempts(transaction).begin(transaction, by, kinds.get()));
  }

  /**
   * Ends a task with its result.
   *
   * @param result a JSON object as text
   * @throws StaleClaimException when the claim no longer holds the task
   */
  public void complete(Emitter by, Claim claim, String result) {
    completeAndClaimNext(by, claim, result, List::of);
  }

  /**
   * Ends a task with its result and takes the one that is due next, in one transaction. A claim
   * that no longer holds its task takes no other one either.
   *
   * @param result a JSON object as text
   * @param kinds tells the kinds that the caller can run once the transaction comes to the claim;
   *     none when the caller wants no more by then. Asked on the writer's thread, and again when
   *     the transaction has to be done again
   * @return the next claim, empty when no task is due or none is wanted
   * @throws StaleClaimException when the claim no longer holds the task; nothing was claimed
   */
  public Optional<Claim> completeAndClaimNext(
      Emitter by, Claim claim, String result, Supplier<? extends Collection<String>> kinds) {
    Instant now = clock.instant();
    return settle(
        by,
        claim,
        "done",
        transaction ->
            attempts(transaction)
                .completeAndBegin(
                    transaction, by, new Completion(claim, now, result), kinds.get()));
  }

  /**
   * Ends an attempt without a result.
   *
   * @param retryAt when the task is due again, empty when it fails for good
   * @throws StaleClaimException when the claim no longer holds the task
   */
  public void fail(Emitter by, Claim claim, String error, Optional<Instant> retryAt) {
    Instant now = clock.instant();
    Task task = claim.task();
    AttemptEnd end =
        retryAt
            .map(at -> AttemptEnd.failedUntil(task, at, error))
            .orElseGet(() -> AttemptEnd.failed(task, now, error));
    settle(
        by,
        claim,
        "failed",
        transaction -> {
          moves.end(transaction, claim, end);
          if (retryAt.isPresent() && cancellation.cancelIfAsked(transaction, by, task)) {
            return claim.event();
          }
          return log.append(
              transaction,
              by,
              new TaskFailed(
                  task.id().value(),
                  task.kind(),
                  task.attempt(),
                  Optional.of(claim.event().value()),
                  Optional.of(claim.millisUntil(now)),
                  error,
                  retryAt.isPresent(),
                  retryAt.map(Instant::toEpochMilli)));
        });
  }

  /**
   * Gives a task back that the holder could not finish because it was told to stop. Uses no
   * attempt.
   *
   * @throws StaleClaimException when the claim no longer holds the task
   */
  public void release(Emitter by, Claim claim, ReleaseCause cause) {
    Task task = claim.task();
    settle(
        by,
        claim,
        "released",
        transaction -> {
          moves.end(transaction, claim, AttemptEnd.released(task));
          if (cancellation.cancelIfAsked(transaction, by, task)) {
            return claim.event();
          }
          return log.append(transaction, by, cause.eventOf(task, by.runId()));
        });
  }

  /**
   * Takes all tasks from a run that has ended, inside the transaction that logs its end. After a
   * crash a task goes back to the queue, or fails when it has used up its attempts or has killed
   * too many workers.
   *
   * @param holder the run that has ended
   * @return the tasks that went back to the queue
   */
  public List<TaskId> releaseHeldBy(
      Transaction transaction, Emitter by, RunId holder, ReleaseCause cause) {
    return endedHolders.release(transaction, by, holder, cause);
  }

  /**
   * Takes a queued task out of the queue, or asks the holder of a running one to drop it. A task
   * that its holder finishes first is done all the same; one that comes back to the queue before is
   * cancelled then.
   *
   * @return the state it has now: {@code cancelled}, or {@code claimed} when its holder is asked
   * @throws InvalidTaskException when there is no such task or it has ended
   */
  public TaskState cancel(Emitter by, TaskId id) {
    return database.write(transaction -> cancellation.cancel(transaction, by, id));
  }

  /**
   * Ends an attempt because the task was cancelled while it was held.
   *
   * @throws StaleClaimException when the claim no longer holds the task
   */
  public void cancelHeld(Emitter by, Claim claim) {
    Task task = claim.task();
    settle(
        by,
        claim,
        "cancelled",
        transaction -> {
          moves.end(transaction, claim, AttemptEnd.cancelled(task, clock.instant()));
          return log.append(
              transaction, by, new TaskCancelled(task.id().value(), task.kind(), task.attempt()));
        });
  }

  /**
   * Puts a failed or cancelled task into the queue again, with all its attempts.
   *
   * @throws InvalidTaskException when there is no such task, it is in another state, or a live task
   *     has its unique key
   */
  public void retry(Emitter by, TaskId id) {
    database.write(transaction -> submissions.retry(transaction, by, id));
  }

  private Attempts attempts(Transaction transaction) {
    return Rows.areLockedOneByOne(transaction.sql()) ? combined : stepwise;
  }

  /** Does what ends an attempt; an outcome that comes too late is logged instead. */
  private <T> T settle(Emitter by, Claim claim, String outcome, Function<Transaction, T> change) {
    try {
      return database.write(change);
    } catch (StaleClaimException e) {
      Task task = claim.task();
      log.append(
          by,
          new TaskStale(
              task.id().value(), task.kind(), task.attempt(), claim.event().value(), outcome));
      throw e;
    }
  }
}
