package dev.runlog.supervisor.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import dev.runlog.process.ExitCode;
import dev.runlog.process.child.ChildExit;
import dev.runlog.supervisor.restart.RestartRule;
import dev.runlog.supervisor.slot.EndOfChild.Testimony;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random lives of a slot beside a model that knows the rules of the design, section 9. */
class SlotLifeModelTest {

  /** What people, the supervisor and the child do. */
  enum Deed {
    PASS_TIME,
    START,
    FAIL_TO_START,
    BECOME_RUN,
    END,
    STOP,
    RESTART,
    START_AGAIN
  }

  /**
   * One step.
   *
   * @param choice which of the ends or times there are
   * @param random the jitter
   * @param hasSpare whether a spare waits
   */
  record Step(Deed deed, int choice, double random, boolean hasSpare) {}

  @Property
  void keepsTheRulesWhateverHappens(@ForAll RestartRule rule, @ForAll("steps") List<Step> steps) {
    Model model = new Model(rule);
    steps.forEach(model::apply);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequency(
            Tuple.of(12, Deed.START),
            Tuple.of(12, Deed.END),
            Tuple.of(8, Deed.BECOME_RUN),
            Tuple.of(5, Deed.PASS_TIME),
            Tuple.of(2, Deed.FAIL_TO_START),
            Tuple.of(1, Deed.STOP),
            Tuple.of(1, Deed.RESTART),
            Tuple.of(1, Deed.START_AGAIN));
    return Combinators.combine(
            deeds,
            Arbitraries.integers().between(0, 9),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(80);
  }

  /** The rules, told a second time; each step is checked against them. */
  private static final class Model {

    private static final List<Duration> TIMES =
        List.of(
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(61),
            Duration.ofSeconds(130));

    private final RestartRule rule;
    private final SlotLife life;
    private final List<Long> crashes = new ArrayList<>();
    private int startsFailed;
    private long now = 1_000;
    private int processes;
    private boolean isRun;
    private long spawnedAt;
    private long dueAt = now;
    private int row;
    private boolean isGivenUp;
    private boolean isAskedToEnd;
    private boolean isToStartAgain;

    Model(RestartRule rule) {
      this.rule = rule;
      this.life = new SlotLife(rule, now);
    }

    void apply(Step step) {
      switch (step.deed()) {
        case PASS_TIME -> now += TIMES.get(step.choice() % TIMES.size()).toNanos();
        case START -> start();
        case FAIL_TO_START -> failToStart(step);
        case BECOME_RUN -> becomeRun();
        case END -> end(step);
        case STOP -> stop();
        case RESTART -> restart();
        case START_AGAIN -> startAgain();
      }
      assertThat(life.isOccupied()).isEqualTo(processes == 1);
      assertThat(life.state() == SlotState.FATAL).as("given up").isEqualTo(isGivenUp);
      boolean isStopped = life.isAtRest() && !isGivenUp;
      assertThat(life.isSetAside()).isEqualTo(isStopped || (isAskedToEnd && !isToStartAgain));
    }

    /** As soon as it is due, and not a nanosecond before. */
    private boolean isStartAwaited() {
      if (life.timeToStart(now).isEmpty()) {
        return false;
      }
      assertThat(isGivenUp).as("starts although it gave up").isFalse();
      assertThat(processes).as("processes when another is started").isZero();
      assertThat(life.timeToStart(now)).contains(Duration.ofNanos(Math.max(0, dueAt - now)));
      now = Math.max(now, dueAt);
      return true;
    }

    private void start() {
      if (isStartAwaited()) {
        life.spawned(true, now);
        processes++;
        spawnedAt = now;
        isRun = false;
      }
    }

    private void failToStart(Step step) {
      if (isStartAwaited()) {
        spawnedAt = now;
        EndOfChild end = EndOfChild.ofFailedStart("W00001", exit(EndOfChild.UNKNOWN_EXIT_CODE));
        requireCrash(life.failedToStart(end, step.random(), now), true, false);
      }
    }

    private void becomeRun() {
      if (processes == 1) {
        life.becameRun(now);
        isRun = true;
        startsFailed = 0;
      }
    }

    private void end(Step step) {
      if (processes == 0) {
        return;
      }
      processes = 0;
      EndOfChild end = isRun ? endOfRun(step.choice()) : endBeforeRun(step.choice());
      Aftermath aftermath = life.ended(end, step.hasSpare(), step.random(), now);
      if (isAskedToEnd) {
        requireEndAsAsked(aftermath);
      } else {
        requireEnd(end, aftermath, step.hasSpare());
      }
      isAskedToEnd = false;
    }

    private void requireEndAsAsked(Aftermath aftermath) {
      assertThat(aftermath.isCrash()).isFalse();
      assertThat(aftermath.restartDelay().isPresent()).isEqualTo(isToStartAgain);
      if (isToStartAgain) {
        forget();
      }
    }

    private void requireEnd(EndOfChild end, Aftermath aftermath, boolean hasSpare) {
      int code = end.exit().exitCode();
      boolean isGood =
          end.killedFor().isEmpty() && end.testimony() == Testimony.GOODBYE && code == ExitCode.OK;
      if (code == ExitCode.USAGE || code == ExitCode.MISCONFIGURED) {
        assertThat(aftermath.gaveUp()).isPresent();
        isGivenUp = true;
      } else if (end.killedFor().isEmpty() && code == ExitCode.TRY_AGAIN) {
        requireRecycled(aftermath);
      } else if (end.killedFor().isEmpty() && end.run().isEmpty() && code == ExitCode.UNAVAILABLE) {
        requireTurnedAway(aftermath);
      } else if (isGood) {
        requireEndAsPlanned(aftermath);
      } else if (rule == RestartRule.NEVER) {
        assertThat(aftermath).isEqualTo(Aftermath.atRest(true));
      } else {
        requireCrash(aftermath, end.run().isEmpty(), hasSpare);
      }
    }

    private void requireRecycled(Aftermath aftermath) {
      assertThat(aftermath.isCrash()).isFalse();
      if (rule == RestartRule.NEVER) {
        assertThat(aftermath.restartDelay()).isEmpty();
      } else if (uptime().compareTo(Duration.ofSeconds(1)) >= 0) {
        requireDue(aftermath, Duration.ZERO);
      } else {
        requireUsualDelay(aftermath);
      }
    }

    /** No outage of a database is ever a crash. */
    private void requireTurnedAway(Aftermath aftermath) {
      assertThat(aftermath.isCrash()).isFalse();
      if (rule == RestartRule.NEVER) {
        assertThat(aftermath.restartDelay()).isEmpty();
      } else {
        requireUsualDelay(aftermath);
      }
    }

    private void requireEndAsPlanned(Aftermath aftermath) {
      assertThat(aftermath.isCrash()).isFalse();
      if (rule == RestartRule.ALWAYS) {
        requireUsualDelay(aftermath);
      } else {
        assertThat(aftermath.restartDelay()).isEmpty();
      }
    }

    private void requireCrash(Aftermath aftermath, boolean isFailedStart, boolean hasSpare) {
      assertThat(aftermath.isCrash()).isTrue();
      crashes.add(now);
      if (isFailedStart) {
        startsFailed++;
      }
      isGivenUp = isLoop();
      assertThat(aftermath.gaveUp().isPresent()).as("gives up").isEqualTo(isGivenUp);
      if (isGivenUp) {
        assertThat(aftermath.restartDelay()).isEmpty();
      } else if (hasSpare && rowAfter() == 1) {
        row = 1;
        requireDue(aftermath, Duration.ZERO);
      } else {
        requireUsualDelay(aftermath);
      }
    }

    /** Five within two minutes, or three in a row that never became a run. */
    private boolean isLoop() {
      long recent = crashes.stream().filter(at -> now - at <= 120_000_000_000L).count();
      return recent >= 5 || startsFailed >= 3;
    }

    /** 0.2 s doubling to 30 s, up to a fifth longer. */
    private void requireUsualDelay(Aftermath aftermath) {
      row = rowAfter();
      long least = unjitteredMillis(row);
      assertThat(aftermath.restartDelay().orElseThrow())
          .isBetween(Duration.ofMillis(least), Duration.ofMillis(least * 12 / 10));
      requireDue(aftermath, aftermath.restartDelay().orElseThrow());
    }

    private void requireDue(Aftermath aftermath, Duration delay) {
      assertThat(aftermath.restartDelay()).contains(delay);
      dueAt = now + delay.toNanos();
    }

    /** A minute up, or twice the delay before it, ends a row. */
    private int rowAfter() {
      long readyMillis = Math.max(60_000, row == 0 ? 0 : 2 * unjitteredMillis(row));
      return uptime().toMillis() >= readyMillis ? 1 : row + 1;
    }

    private static long unjitteredMillis(int row) {
      return (long) Math.min(30_000, 200 * Math.pow(2, row - 1));
    }

    private void stop() {
      boolean isToBeAsked = processes == 1 && !isAskedToEnd;
      assertThat(life.stop()).isEqualTo(isToBeAsked);
      isAskedToEnd = processes == 1;
      isToStartAgain = false;
    }

    private void restart() {
      boolean isToBeAsked = processes == 1 && !isAskedToEnd;
      assertThat(life.restart(now)).isEqualTo(isToBeAsked);
      isAskedToEnd = processes == 1;
      isToStartAgain = processes == 1;
      if (processes == 0) {
        forget();
      }
      assertThat(life.isAtRest()).isFalse();
    }

    /** Whoever is to be there again must come back, however it stands with the one before. */
    private void startAgain() {
      boolean wasAtRest = life.isAtRest();
      life.startAgain(now);
      if (wasAtRest) {
        forget();
      }
      isToStartAgain = isAskedToEnd;
      assertThat(life.isAtRest()).isFalse();
    }

    private void forget() {
      isGivenUp = false;
      startsFailed = 0;
      crashes.clear();
      row = 0;
      dueAt = now;
    }

    private EndOfChild endOfRun(int choice) {
      RunId run = new RunId(7);
      return switch (choice) {
        case 0 -> of(Testimony.GOODBYE, run, ExitCode.OK);
        case 1 -> of(Testimony.GOODBYE, run, ExitCode.TRY_AGAIN);
        case 2 -> of(Testimony.NONE, run, ExitCode.MISCONFIGURED);
        case 3 ->
            new EndOfChild(
                "W00001", 9, Testimony.GOODBYE, Optional.of(run), exit(0), Optional.of("hangs"));
        case 4 -> of(Testimony.NONE, run, 0);
        default -> of(Testimony.NONE, run, 137);
      };
    }

    private EndOfChild endBeforeRun(int choice) {
      int code =
          switch (choice) {
            case 0 -> ExitCode.USAGE;
            case 1, 2 -> ExitCode.UNAVAILABLE;
            default -> 1;
          };
      return new EndOfChild(
          "W00001", 9, Testimony.NONE, Optional.empty(), exit(code), Optional.empty());
    }

    private EndOfChild of(Testimony testimony, RunId run, int code) {
      return new EndOfChild("W00001", 9, testimony, Optional.of(run), exit(code), Optional.empty());
    }

    private ChildExit exit(int code) {
      return new ChildExit(code, Optional.empty(), uptime(), "");
    }

    private Duration uptime() {
      return Duration.ofNanos(now - spawnedAt);
    }
  }
}
