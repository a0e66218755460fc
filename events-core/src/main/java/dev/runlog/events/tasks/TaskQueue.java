package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.TaskCancelRequested;
import dev.runlog.events.payload.TaskCancelled;
import dev.runlog.events.payload.TaskFailed;
import dev.runlog.events.payload.TaskReleased;
import dev.runlog.events.payload.TaskRetried;
import dev.runlog.events.payload.TaskStale;
import dev.runlog.events.payload.TaskSubmitted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * The durable queue. Each method is one transaction that changes the row and appends the event
 * which says so; a crash leaves both or neither. Thread-safe.
 */
public final class TaskQueue {

  private final Database database;
  private final EventLog log;
  private final InstantSource clock;
  private final TaskMoves moves = new TaskMoves();
  private final StepwiseAttempts stepwise;
  private final CombinedAttempts combined;

  public TaskQueue(Database database, EventLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
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
          List<Submission> submissions = new ArrayList<>(specs.size());
          for (TaskSpec spec : specs) {
            submissions.add(submit(transaction, by, spec));
          }
          return submissions;
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
          if (retryAt.isPresent() && cancelIfAsked(transaction, by, task)) {
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
          if (cancelIfAsked(transaction, by, task)) {
            return claim.event();
          }
          return log.append(transaction, by, released(task, cause, by.runId()));
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
    List<TaskId> released = new ArrayList<>();
    for (Task task : heldBy(transaction, holder)) {
      Optional<String> failure =
          cause.isCrash()
              ? CrashVerdict.failureAfter(task.crashes() + 1, task.attempt(), task.maxAttempts())
              : Optional.empty();
      if (failure.isPresent()) {
        failAfterCrash(transaction, by, task, failure.get());
      } else if (!cancelIfAsked(transaction, by, task)) {
        giveBack(transaction, by, task, holder, cause);
        released.add(task.id());
      }
    }
    return released;
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
    return database.write(
        transaction -> {
          Task task = require(transaction, id);
          return switch (task.state()) {
            case QUEUED -> cancelled(transaction, by, task);
            case CLAIMED -> askToDrop(transaction, by, task);
            case DONE, FAILED, CANCELLED ->
                throw new InvalidTaskException(
                    "task "
                        + id
                        + " is "
                        + task.state().wireName()
                        + "; only a queued or claimed task can be cancelled");
          };
        });
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
    database.write(
        transaction -> {
          Task task = require(transaction, id);
          if (task.state() != TaskState.FAILED && task.state() != TaskState.CANCELLED) {
            throw new InvalidTaskException(
                "task "
                    + id
                    + " is "
                    + task.state().wireName()
                    + "; only a failed or cancelled task can be retried");
          }
          task.uniqueKey().ifPresent(key -> transaction.serialize("tasks " + key));
          task.uniqueKey().ifPresent(key -> requireFree(transaction, key));
          update(
              transaction,
              TASKS.ID.eq(id.value()),
              queued(clock.instant(), Map.of(TASKS.ATTEMPT, 0L, TASKS.CRASHES, 0L)));
          forgetCancel(transaction, id);
          return log.append(transaction, by, new TaskRetried(id.value(), task.kind(), 0));
        });
  }

  private TaskState cancelled(Transaction transaction, Emitter by, Task task) {
    update(
        transaction,
        TASKS.ID.eq(task.id().value()),
        finished(TaskState.CANCELLED, clock.instant(), Map.of()));
    log.append(transaction, by, new TaskCancelled(task.id().value(), task.kind(), task.attempt()));
    return TaskState.CANCELLED;
  }

  private TaskState askToDrop(Transaction transaction, Emitter by, Task task) {
    update(
        transaction,
        TASKS.ID.eq(task.id().value()),
        Map.of(TASKS.CANCEL_REQUESTED_AT, clock.millis()));
    long holder = task.claimedBy().orElseThrow().value();
    log.append(
        transaction,
        by,
        new TaskCancelRequested(task.id().value(), task.kind(), task.attempt(), holder));
    return TaskState.CLAIMED;
  }

  /** A task that nobody wants any more does not go back to the queue. */
  private boolean cancelIfAsked(Transaction transaction, Emitter by, Task task) {
    boolean isAsked = moves.isCancelAsked(transaction, task.id());
    if (isAsked) {
      cancelled(transaction, by, task);
    }
    return isAsked;
  }

  private static void forgetCancel(Transaction transaction, TaskId id) {
    transaction
        .sql()
        .update(TASKS)
        .setNull(TASKS.CANCEL_REQUESTED_AT)
        .where(TASKS.ID.eq(id.value()))
        .execute();
  }

  private Submission submit(Transaction transaction, Emitter by, TaskSpec spec) {
    // Two that submit the same key at once would both find that it is free.
    spec.uniqueKey().ifPresent(key -> transaction.serialize("tasks " + key));
    Optional<TaskId> twin = spec.uniqueKey().flatMap(key -> liveWithKey(transaction, key));
    if (twin.isPresent()) {
      return new Submission(twin.get(), false);
    }
    Instant now = clock.instant();
    Instant runAt = spec.runAt().orElse(now);
    TaskId id = moves.insert(transaction, spec, runAt, now, by.runId());
    log.append(
        transaction,
        by,
        new TaskSubmitted(
            id.value(), spec.kind(), 0, spec.priority(), runAt.toEpochMilli(), spec.maxAttempts()));
    return new Submission(id, true);
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

  private void failAfterCrash(Transaction transaction, Emitter by, Task task, String error) {
    Map<Field<?>, Object> change =
        finished(
            TaskState.FAILED,
            clock.instant(),
            Map.of(TASKS.ERROR, error, TASKS.CRASHES, (long) task.crashes() + 1));
    update(transaction, TASKS.ID.eq(task.id().value()), change);
    log.append(
        transaction,
        by,
        new TaskFailed(
            task.id().value(),
            task.kind(),
            task.attempt(),
            Optional.empty(),
            Optional.empty(),
            error,
            false,
            Optional.empty()));
  }

  private void giveBack(
      Transaction transaction, Emitter by, Task task, RunId holder, ReleaseCause cause) {
    boolean crashed = cause.isCrash();
    Map<Field<?>, Object> counted =
        crashed
            ? Map.of(TASKS.CRASHES, (long) task.crashes() + 1)
            : Map.of(TASKS.ATTEMPT, (long) task.attempt() - 1);
    update(transaction, TASKS.ID.eq(task.id().value()), queued(task.runAt(), counted));
    log.append(transaction, by, released(task, cause, holder));
  }

  private static TaskReleased released(Task task, ReleaseCause cause, RunId holder) {
    return new TaskReleased(
        task.id().value(), task.kind(), task.attempt(), cause.wireName(), holder.value());
  }

  private static Map<Field<?>, Object> queued(Instant runAt, Map<? extends Field<?>, ?> more) {
    Map<Field<?>, Object> change = unheld(TaskState.QUEUED);
    change.put(TASKS.RUN_AT, runAt.toEpochMilli());
    change.put(TASKS.FINISHED_AT, null);
    change.putAll(more);
    return change;
  }

  private static Map<Field<?>, Object> finished(
      TaskState state, Instant at, Map<? extends Field<?>, ?> more) {
    Map<Field<?>, Object> change = unheld(state);
    change.put(TASKS.FINISHED_AT, at.toEpochMilli());
    change.putAll(more);
    return change;
  }

  private static Map<Field<?>, Object> unheld(TaskState state) {
    Map<Field<?>, Object> change = new java.util.HashMap<>();
    change.put(TASKS.STATE, state.wireName());
    change.put(TASKS.CLAIMED_AT, null);
    change.put(TASKS.CLAIMED_BY, null);
    change.put(TASKS.CLAIM_EVENT_ID, null);
    return change;
  }

  private static int update(
      Transaction transaction, Condition which, Map<Field<?>, Object> change) {
    return transaction.sql().update(TASKS).set(change).where(which).execute();
  }

  private static List<Task> heldBy(Transaction transaction, RunId holder) {
    DSLContext sql = transaction.sql();
    return Rows.locked(
            sql,
            sql.selectFrom(TASKS)
                .where(TASKS.STATE.eq(DSL.inline(TaskState.CLAIMED.wireName())))
                .and(TASKS.CLAIMED_BY.eq(holder.value()))
                .orderBy(TASKS.ID))
        .fetch(TaskRows::toTask);
  }

  private static Task require(Transaction transaction, TaskId id) {
    DSLContext sql = transaction.sql();
    return Rows.locked(sql, sql.selectFrom(TASKS).where(TASKS.ID.eq(id.value())))
        .fetchOptional(TaskRows::toTask)
        .orElseThrow(
            () ->
                new InvalidTaskException(
                    "there is no task " + id + "; 'tasks list' shows the tasks"));
  }

  private static void requireFree(Transaction transaction, String uniqueKey) {
    liveWithKey(transaction, uniqueKey)
        .ifPresent(
            live -> {
              throw new InvalidTaskException(
                  "task "
                      + live
                      + " with the same unique key '"
                      + uniqueKey
                      + "' is still queued or claimed");
            });
  }

  private static Optional<TaskId> liveWithKey(Transaction transaction, String uniqueKey) {
    return transaction
        .sql()
        .select(TASKS.ID)
        .from(TASKS)
        .where(TASKS.UNIQUE_KEY.eq(uniqueKey))
        .and(
            TASKS.STATE.in(
                DSL.inline(TaskState.QUEUED.wireName()), DSL.inline(TaskState.CLAIMED.wireName())))
        .fetchOptional(TASKS.ID)
        .map(TaskId::new);
  }
}
