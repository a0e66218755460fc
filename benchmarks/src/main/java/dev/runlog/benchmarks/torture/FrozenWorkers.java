package dev.runlog.benchmarks.torture;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SIGSTOP of workers until long after their leases, then SIGCONT. */
final class FrozenWorkers implements Torture {

  /** A lease is a minute; a supervisor looks every ten seconds. */
  private static final Duration LONGEST_LEASE = Duration.ofSeconds(150);

  private static final Duration TASK = Duration.ofSeconds(5);

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    int frozen = isShort ? 1 : 20;
    try (Chamber chamber = Chamber.open(TASK)) {
      // One that is too quick to be frozen with its first task needs a second one.
      List<TaskId> ids = chamber.submit(2 * frozen);
      for (int i = 0; i < frozen; i++) {
        chamber.worker();
      }
      Map<RunId, Long> stopped = new HashMap<>();
      Deadline.await(
          "every worker frozen with its task",
          Duration.ofMinutes(2),
          () -> freezeHolders(chamber, stopped) == frozen);
      chamber.supervisor("--workers", "2");
      Deadline.await(
          "all tasks done by others",
          LONGEST_LEASE.plus(TASK.multipliedBy(frozen)),
          () -> chamber.done() == ids.size());
      for (long pid : stopped.values()) {
        signal("CONT", pid);
      }
      Deadline.await(
          "late results rejected",
          Duration.ofSeconds(60),
          () -> chamber.count(EventType.TASK_STALE) == frozen);
      chamber.requireEachTaskDoneOnce(ids, 0);
      report.say(
          "%d workers frozen beyond their lease: tasks done by others, %d late results rejected",
          frozen, chamber.count(EventType.TASK_STALE));
    }
  }

  /** Returns how many are frozen by now, each with a task. */
  private static int freezeHolders(Chamber chamber, Map<RunId, Long> stopped) {
    for (RunId holder : chamber.tasks().holders()) {
      List<Event> events = chamber.events().ofRun(holder);
      if (!stopped.containsKey(holder) && isWaitingForTheModel(events)) {
        long pid = pidOf(events.get(0));
        signal("STOP", pid);
        if (chamber.tasks().holders().contains(holder)) {
          stopped.put(holder, pid);
        } else {
          signal("CONT", pid);
        }
      }
    }
    return stopped.size();
  }

  /** A process that is frozen while it writes would keep all others from writing. */
  private static boolean isWaitingForTheModel(List<Event> ofRun) {
    return count(ofRun, EventType.TASK_CLAIMED) == count(ofRun, EventType.LLM_CALL_STARTED);
  }

  private static long count(List<Event> events, EventType type) {
    return events.stream().filter(event -> event.eventType().equals(type.wireName())).count();
  }

  private static long pidOf(Event start) {
    return Json.readObject(start.payload().orElseThrow()).path("pid").asLong();
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("SIG" + name + " to " + pid, e);
    }
  }
}
