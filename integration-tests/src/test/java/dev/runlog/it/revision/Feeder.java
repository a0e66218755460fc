package dev.runlog.it.revision;

import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps workers busy for as long as a test takes, and the queue short: while nobody works, it waits
 * as well. Close it to know all that was submitted.
 */
final class Feeder implements AutoCloseable {

  private static final Duration BETWEEN_MEALS = Duration.ofMillis(400);
  private static final int MEAL = 25;

  private final RevisionFleet fleet;
  private final Events events;
  private final List<TaskId> submitted = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch isEnough = new CountDownLatch(1);
  private final CompletableFuture<Void> feeding;

  Feeder(RevisionFleet fleet) {
    this.fleet = fleet;
    submitted.addAll(fleet.submitTasks(MEAL));
    this.events = fleet.events();
    this.feeding = CompletableFuture.runAsync(this::feed);
  }

  /** Ends it; returns all that was submitted. */
  List<TaskId> end() {
    isEnough.countDown();
    feeding.join();
    return List.copyOf(submitted);
  }

  @Override
  public void close() {
    end();
  }

  private void feed() {
    try {
      while (!isEnough.await(BETWEEN_MEALS.toNanos(), TimeUnit.NANOSECONDS)) {
        if (events.taskCounts().of(TaskState.QUEUED) < MEAL) {
          submitted.addAll(fleet.submitTasks(MEAL));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
