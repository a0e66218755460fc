package dev.runlog.it.revision;

import dev.runlog.events.tasks.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps workers busy for as long as a test takes. Close it to know all that was submitted. */
final class Feeder implements AutoCloseable {

  private static final Duration BETWEEN_MEALS = Duration.ofMillis(400);
  private static final int MEAL = 25;

  private final RevisionFleet fleet;
  private final List<TaskId> submitted = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch isEnough = new CountDownLatch(1);
  private final CompletableFuture<Void> feeding;

  Feeder(RevisionFleet fleet) {
    this.fleet = fleet;
    submitted.addAll(fleet.submitTasks(MEAL));
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
        submitted.addAll(fleet.submitTasks(MEAL));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
