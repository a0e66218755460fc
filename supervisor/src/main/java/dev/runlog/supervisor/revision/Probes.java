package dev.runlog.supervisor.revision;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.RunContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Gives a build on trial something to do while there is nothing else for it. Belongs to the
 * supervisor's thread.
 */
final class Probes {

  private static final int MOST_LEFT = 1000;

  /** A worker takes what is due sooner than that, if there is any that it can take. */
  private static final Duration LONGEST_PAUSE_OF_A_BUSY_ONE = Duration.ofMillis(400);

  private final Emitter emitter;
  private final TaskQueue queue;
  private final TaskQuery tasks;
  private final LongSupplier nanoTime;
  private final Map<RunId, Long> idleSinceNanos = new HashMap<>();

  /**
   * @param nanoTime the monotonic clock
   */
  Probes(RunContext context, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.emitter = context.emitter();
    this.queue = new TaskQueue(context.database(), context.log(), InstantSource.system());
    this.tasks = new TaskQuery(context.database());
  }

  /**
   * Submits one for a worker that has held nothing for a while. What is queued says nothing of
   * whether there is work for it: that may be due later, paused, or of a kind that it does not
   * take.
   */
  void askIfIdle(String instanceId, RunId run) {
    idleSinceNanos.keySet().retainAll(Set.of(run));
    if (tasks.holders().contains(run)) {
      idleSinceNanos.remove(run);
    } else if (isIdleForLong(run)) {
      ask(instanceId);
    }
  }

  private boolean isIdleForLong(RunId run) {
    long now = nanoTime.getAsLong();
    Long since = idleSinceNanos.putIfAbsent(run, now);
    return since != null && now - since >= LONGEST_PAUSE_OF_A_BUSY_ONE.toNanos();
  }

  private void ask(String instanceId) {
    String kind = Probe.kindFor(instanceId);
    TaskSpec echo = TaskSpec.of(kind, Json.object().put("echo", instanceId));
    TaskSpec once = new TaskSpec(kind, echo.request(), 0, Optional.empty(), Optional.of(kind), 1);
    queue.submit(emitter, List.of(once));
  }

  /** Takes those back that nobody answered. */
  void takeBack(List<String> instanceIds) {
    List<String> kinds = instanceIds.stream().map(Probe::kindFor).toList();
    for (Task task : tasks.newest(List.of(TaskState.QUEUED), MOST_LEFT)) {
      if (kinds.contains(task.kind())) {
        cancel(task.id());
      }
    }
  }

  private void cancel(TaskId id) {
    try {
      queue.cancel(emitter, id);
    } catch (InvalidTaskException e) {
      // Somebody has claimed it in between, and answers it.
      System.err.println("runlog: probe " + id + " stays: " + e.getMessage());
    }
  }
}
