package dev.runlog.console.submit;

import dev.runlog.events.log.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Waits for tasks by following the events. */
public final class TaskWait {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventFeed feed;
  private final ProgressDisplay display;
  private final InstantSource clock;

  /**
   * @param feed begins before the first event of any of the tasks
   */
  public TaskWait(EventFeed feed, ProgressDisplay display, InstantSource clock) {
    this.feed = feed;
    this.display = display;
    this.clock = clock;
  }

  /** Returns when all tasks are final or when it is told to stop. */
  public void until(AwaitedTasks tasks, BooleanSupplier isStopping) {
    Instant wondersAt = clock.instant().plus(PATIENCE);
    boolean hasWondered = false;
    while (!tasks.areAllFinal() && !isStopping.getAsBoolean()) {
      display.show(tasks.counts());
      feed.next(LOOK).forEach(tasks::accept);
      if (!hasWondered && !tasks.wasAnyClaimed() && clock.instant().isAfter(wondersAt)) {
        display.note("no worker has claimed a task yet; is a supervisor running on this database?");
        hasWondered = true;
      }
    }
    display.end(tasks.counts());
  }
}
