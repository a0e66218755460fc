package dev.runlog.benchmarks.torture;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
      List<TaskId> ids = chamber.submit(frozen);
      List<Process> workers = new ArrayList<>();
      for (int i = 0; i < frozen; i++) {
        workers.add(chamber.worker());
      }
      Map<Long, Process> byPid = new HashMap<>();
      workers.forEach(worker -> byPid.put(worker.pid(), worker));
      Map<RunId, Long> stopped = new HashMap<>();
      Deadline.await(
          "every worker frozen with its task",
          Duration.ofMinutes(2),
          () -> freezeHolders(chamber, stopped) == frozen);
      chamber.supervisor("--workers", "2");
      Deadline.await(
          "all tasks done by others",
          LONGEST_LEASE.plus(TASK.multipliedBy(frozen)),
          () -> chamber.done() == frozen);
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

  /** Returns how many are frozen by now. */
  private static int freezeHolders(Chamber chamber, Map<RunId, Long> stopped) {
    for (Event claimed : chamber.events().ofType(EventType.TASK_CLAIMED)) {
      stopped.computeIfAbsent(claimed.runId(), run -> stop(chamber.events().ofRun(run).get(0)));
    }
    return stopped.size();
  }

  private static long stop(Event start) {
    long pid = Json.readObject(start.payload().orElseThrow()).path("pid").asLong();
    signal("STOP", pid);
    return pid;
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("SIG" + name + " to " + pid, e);
    }
  }
}
