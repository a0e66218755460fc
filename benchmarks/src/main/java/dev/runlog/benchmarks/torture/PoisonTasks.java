package dev.runlog.benchmarks.torture;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tasks that kill whoever takes them, among good ones. */
final class PoisonTasks implements Torture {

  private static final int CRASHES_OF_ONE = 3;
  private static final Duration LONGEST = Duration.ofMinutes(30);

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    int tasks = isShort ? 100 : 2_000;
    int poisonous = isShort ? 1 : 5;
    try (Chamber chamber = Chamber.open(Duration.ofMillis(100))) {
      List<TaskId> ids = chamber.submit(tasks);
      Set<Long> poison = new HashSet<>();
      for (int i = 1; i <= poisonous; i++) {
        poison.add(ids.get(i * tasks / (poisonous + 1)).value());
      }
      EventFeed feed = chamber.feed();
      chamber.supervisor("--workers", "4");
      long start = System.nanoTime();
      while (!chamber.tasks().isDrained()) {
        BrokenPromise.unless(
            System.nanoTime() - start < LONGEST.toNanos(), "the queue was not drained in time");
        feed.next(Duration.ofMillis(200)).forEach(event -> kill(chamber, event, poison));
      }
      List<Task> failed = failed(chamber, poison);
      chamber.requireEachTaskDoneOnce(ids, poisonous);
      report.say(
          "%d poison tasks among %d: each failed after %d crashes, all %d others done",
          failed.size(), tasks, CRASHES_OF_ONE, tasks - poisonous);
    }
  }

  private static void kill(Chamber chamber, Event event, Set<Long> poison) {
    boolean isPoisoned =
        event.is(EventType.TASK_CLAIMED)
            && poison.contains(
                Json.readObject(event.payload().orElseThrow()).path("task_id").asLong());
    if (isPoisoned) {
      chamber.living("worker").stream()
          .filter(start -> start.runId().equals(event.runId()))
          .flatMap(start -> Chamber.process(start).stream())
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static List<Task> failed(Chamber chamber, Set<Long> poison) {
    List<Task> failed = new ArrayList<>();
    for (long id : poison) {
      Task task = chamber.tasks().find(new TaskId(id)).orElseThrow();
      BrokenPromise.unless(
          task.state() == TaskState.FAILED && task.crashes() == CRASHES_OF_ONE,
          "poison task %d is %s after %d crashes",
          id,
          task.state(),
          task.crashes());
      failed.add(task);
    }
    return failed;
  }
}
