package dev.runlog.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.StaleClaimException;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.Outage;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.worker.CancelWatch.CancelledException;
import dev.runlog.worker.outcome.Failure;
import dev.runlog.worker.outcome.RetryPolicy;
import dev.runlog.worker.outcome.TaskOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** One attempt at a task, from its claim to the event that ends it. */
final class Attempt {

  private final Emitter emitter;
  private final EventAppender events;
  private final Shutdown shutdown;
  private final TaskQueue queue;
  private final Map<String, TaskHandler> handlers;
  private final Supplier<Set<String>> wantedKinds;
  private final CancelWatch cancels;
  private final Outage outage;

  /**
   * @param wantedKinds the kinds of which the worker would have another task now, none when it is
   *     asked to end
   */
  Attempt(
      RunContext context,
      TaskQueue queue,
      Map<String, TaskHandler> handlers,
      Supplier<Set<String>> wantedKinds,
      CancelWatch cancels,
      Outage outage) {
    this.emitter = context.emitter();
    this.events = context.events();
    this.shutdown = context.shutdown();
    this.queue = queue;
    this.handlers = Map.copyOf(handlers);
    this.wantedKinds = wantedKinds;
    this.cancels = cancels;
    this.outage = outage;
  }

  /**
   * Runs the handler and ends the attempt; when the worker was asked to end meanwhile, gives the
   * task back without running it. Leaves the interrupt flag set when the worker was interrupted.
   *
   * @return the claim of the next task, which the end of this one may bring
   */
  Optional<Claim> run(Claim claim) {
    // The end may have been asked for while the claim was on its way to the disk.
    if (shutdown.isRequested()) {
      giveBack(claim);
      return Optional.empty();
    }
    try {
      ObjectNode result = cancels.over(claim.task().id(), () -> handle(claim));
      return complete(claim, Json.write(result));
    } catch (CancelledException e) {
      settle("cancel task " + claim.task().id(), () -> queue.cancelHeld(emitter, claim));
    } catch (InterruptedException e) {
      giveBack(claim);
      Thread.currentThread().interrupt();
    } catch (StaleClaimException e) {
      System.err.println("runlog: " + e.getMessage());
    } catch (Exception e) {
      if (shutdown.isRequested() && Thread.currentThread().isInterrupted()) {
        giveBack(claim);
      } else {
        fail(claim, e);
      }
    }
    return Optional.empty();
  }

  private ObjectNode handle(Claim claim) throws Exception {
    TaskHandler handler = handlers.get(claim.task().kind());
    if (handler == null) {
      throw new PermanentTaskException(
          "this worker has no handler for the kind " + claim.task().kind());
    }
    return handler.handle(new TaskContext(claim.task(), claim.event(), events));
  }

  private Optional<Claim> complete(Claim claim, String result) {
    return settle(
            "complete task " + claim.task().id(),
            () -> queue.completeAndClaimNext(emitter, claim, result, wantedKinds))
        .flatMap(next -> next);
  }

  private void fail(Claim claim, Exception thrown) {
    Failure failure = failureOf(thrown);
    double random = ThreadLocalRandom.current().nextDouble();
    TaskOutcome outcome =
        TaskOutcome.afterFailure(claim.task(), failure, RetryPolicy.USUAL, random);
    settle("record the failure of task " + claim.task().id(), () -> record(claim, outcome));
  }

  private void record(Claim claim, TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.RetryAfter retry) {
      queue.fail(emitter, claim, retry.error(), Optional.of(Instant.now().plus(retry.delay())));
    } else if (outcome instanceof TaskOutcome.Failed failed) {
      queue.fail(emitter, claim, failed.error(), Optional.empty());
    }
  }

  private void giveBack(Claim claim) {
    boolean parentGone = shutdown.reason().filter(Shutdown.PARENT_GONE::equals).isPresent();
    ReleaseCause cause = parentGone ? ReleaseCause.PARENT_GONE : ReleaseCause.SHUTDOWN;
    settle("give task " + claim.task().id() + " back", () -> queue.release(emitter, claim, cause));
  }

  private void settle(String what, Runnable change) {
    settle(
        what,
        () -> {
          change.run();
          return true;
        });
  }

  /** A claim that is already lost is no fault of this worker: the task goes on elsewhere. */
  private <T> Optional<T> settle(String what, Supplier<T> change) {
    try {
      return outage.outlast(what, change);
    } catch (StaleClaimException e) {
      System.err.println("runlog: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Failure failureOf(Exception thrown) {
    String message = thrown.getMessage();
    String summary = message == null || message.isBlank() ? thrown.getClass().getName() : message;
    return new Failure(summary, thrown instanceof PermanentTaskException);
  }
}
