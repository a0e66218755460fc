package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SIGTERM five times, and SIGINT as a terminal sends it, early and late in the life of a fleet. */
final class ManySignals implements Torture {

  private static final Duration LONGEST_END = Duration.ofSeconds(50);

  private record Case(String when, String signal, int times, int exitCode) {}

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    List<Case> cases =
        List.of(
            new Case("while it works", "TERM", 5, 143),
            new Case("during its start", "TERM", 5, 143),
            new Case("while it works", "INT", 1, 130));
    for (Case one : isShort ? cases.subList(0, 2) : cases) {
      run(one, report);
    }
  }

  private static void run(Case one, Report report) throws Exception {
    try (Chamber chamber = Chamber.open(Duration.ofMillis(50))) {
      chamber.submit(2_000);
      Process supervisor = chamber.supervisor("--workers", "2");
      Deadline.await(one.when(), Duration.ofSeconds(60), () -> isTime(one, chamber));
      for (int i = 0; i < one.times(); i++) {
        signal(one.signal(), supervisor.pid());
      }
      BrokenPromise.unless(
          supervisor.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS),
          "SIG%s %s: it did not end",
          one.signal(),
          one.when());
      BrokenPromise.unless(
          supervisor.exitValue() == one.exitCode(),
          "SIG%s %s: exit code %d",
          one.signal(),
          one.when(),
          supervisor.exitValue());
      requireNothingLeft(chamber);
      report.say(
          "SIG%s × %d %s: one end, exit code %d, nobody left, nothing held",
          one.signal(), one.times(), one.when(), one.exitCode());
    }
  }

  private static boolean isTime(Case one, Chamber chamber) {
    return one.when().equals("during its start")
        ? !chamber.living("supervisor").isEmpty()
        : chamber.count(EventType.TASK_DONE) > 20;
  }

  private static void requireNothingLeft(Chamber chamber) {
    BrokenPromise.unless(chamber.living("worker").isEmpty(), "a worker outlived it");
    BrokenPromise.unless(chamber.tasks().holders().isEmpty(), "a task is still held");
    List<Event> ends =
        chamber.events().ofType(EventType.PROCESS_STOPPED).stream()
            .filter(end -> end.emitter().role().equals("supervisor"))
            .toList();
    BrokenPromise.unless(ends.size() == 1, "%d process.stopped of the supervisor", ends.size());
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }
}
