package dev.runlog.supervisor.revision;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.events.work.Probe;
import dev.runlog.process.RunContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gives a build on trial something to do while the queue is empty. */
final class Probes {

  private static final int MOST_LEFT = 1000;

  private final Emitter emitter;
  private final TaskQueue queue;
  private final TaskQuery tasks;

  Probes(RunContext context) {
    this.emitter = context.emitter();
    this.queue = new TaskQueue(context.database(), context.log(), InstantSource.system());
    this.tasks = new TaskQuery(context.database());
  }

  /** Submits one for a worker when nothing else is queued or held. */
  void askIfIdle(String instanceId) {
    if (tasks.isDrained()) {
      String kind = Probe.kindFor(instanceId);
      TaskSpec echo = TaskSpec.of(kind, Json.object().put("echo", instanceId));
      TaskSpec once = new TaskSpec(kind, echo.request(), 0, Optional.empty(), Optional.of(kind), 1);
      queue.submit(emitter, List.of(once));
    }
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
