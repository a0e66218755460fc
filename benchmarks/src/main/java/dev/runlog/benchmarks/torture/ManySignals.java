package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SIGTERM five times, and SIGINT as a terminal sends it, early and late in the life of a fleet. */
final class ManySignals implements Torture {

  private static final Duration LONGEST_END = Duration.ofSeconds(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int WORKERS = 2;

  /**
   * Until the request has reached a worker, it may end a task and take the next one; what it took
   * when the request came goes back unused.
   */
  private static final int MOST_CLAIMS_ON_THEIR_WAY = 2 * WORKERS;

  /** When a signal comes. */
  private enum Moment {
    WORK("while it works"),
    START("during its start"),
    RESTART("while a worker is started again");

    private final String words;

    Moment(String words) {
      this.words = words;
    }
  }

  private record Case(Moment moment, String signal, int times, int exitCode) {

    /** A Ctrl-C reaches the whole group of processes at once. */
    boolean isOfTerminal() {
      return signal.equals("INT");
    }

    String name() {
      return "SIG" + signal + " " + moment.words;
    }
  }

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    List<Case> cases =
        List.of(
            new Case(Moment.WORK, "TERM", 5, 143),
            new Case(Moment.START, "TERM", 5, 143),
            new Case(Moment.RESTART, "TERM", 5, 143),
            new Case(Moment.WORK, "INT", 1, 130));
    for (Case one : isShort ? cases.subList(0, 2) : cases) {
      run(one, report);
    }
  }

  private static void run(Case one, Report report) throws Exception {
    try (Chamber chamber = Chamber.open(Duration.ofMillis(50))) {
      chamber.submit(2_000);
      Process supervisor = chamber.supervisorInItsOwnGroup("--workers", Integer.toString(WORKERS));
      awaitMoment(one.moment(), chamber);
      EventId before = new EventId(chamber.events().lastId());
      for (int i = 0; i < one.times(); i++) {
        signal(one, supervisor.pid());
      }
      BrokenPromise.unless(
          supervisor.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS),
          "%s: it did not end",
          one.name());
      BrokenPromise.unless(
          supervisor.exitValue() == one.exitCode(),
          "%s: exit code %d",
          one.name(),
          supervisor.exitValue());
      requireNothingLeft(chamber);
      requireNothingClaimedAfter(before, chamber);
      report.say(
          "%s × %d: one end, exit code %d, nobody left, nothing held, nothing claimed after",
          one.name(), one.times(), one.exitCode());
    }
  }

  private static void awaitMoment(Moment moment, Chamber chamber) throws InterruptedException {
    String words = moment.words;
    switch (moment) {
      case START ->
          Deadline.await(words, LONGEST_WAIT, () -> !chamber.living("supervisor").isEmpty());
      case WORK -> awaitWork(words, chamber);
      case RESTART -> {
        awaitWork(words, chamber);
        killAWorker(chamber);
        Deadline.await(words, LONGEST_WAIT, () -> chamber.count(EventType.WORKER_CRASHED) > 0);
      }
    }
  }

  private static void awaitWork(String words, Chamber chamber) throws InterruptedException {
    Deadline.await(words, LONGEST_WAIT, () -> chamber.count(EventType.TASK_DONE) > 20);
  }

  private static void killAWorker(Chamber chamber) {
    chamber.living("worker").stream()
        .flatMap(start -> Chamber.process(start).stream())
        .findFirst()
        .ifPresent(ProcessHandle::destroyForcibly);
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

  private static void requireNothingClaimedAfter(EventId signal, Chamber chamber) {
    long claims =
        chamber.events().ofType(EventType.TASK_CLAIMED).stream()
            .filter(claim -> claim.id().compareTo(signal) > 0)
            .count();
    BrokenPromise.unless(
        claims <= MOST_CLAIMS_ON_THEIR_WAY,
        "%d tasks were claimed after the signal; %d at most can have been on their way",
        claims,
        MOST_CLAIMS_ON_THEIR_WAY);
  }

  private static void signal(Case one, long pid) throws IOException, InterruptedException {
    String target = one.isOfTerminal() ? "-" + pid : Long.toString(pid);
    new ProcessBuilder("kill", "-" + one.signal(), "--", target).inheritIO().start().waitFor();
  }
}
