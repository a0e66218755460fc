package dev.runlog.supervisor.revision;

import dev.runlog.events.payload.RevisionFigures;
import dev.runlog.events.work.HeldTask;
import dev.runlog.events.work.TaskSample;
import dev.runlog.events.work.Work;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Decides whether a build does worse than the one that it replaces. Strict where it costs nothing:
 * a build that is taken back by mistake can be tried again, one that stays by mistake does harm.
 */
final class CanaryJudge {

  /** Also below three, at which one task fails for good that crashes every holder. */
  static final int FEWEST_CRASHES = 2;

  static final int FEWEST_FAILURES = 2;
  static final double LARGEST_MORE_FAILED = 0.10;
  static final int FEWEST_SLOW = 2;
  static final int FEWEST_TASKS = 5;
  static final double LARGEST_P95_FACTOR = 2.0;
  static final long P95_SLACK_MILLIS = 50;
  static final double LARGEST_LONGEST_FACTOR = 2.0;
  static final long LONGEST_SLACK_MILLIS = 10_000;
  static final double LARGEST_TOKEN_FACTOR = 1.5;
  static final long TOKEN_SLACK = 20;

  private CanaryJudge() {}

  /** Why it cannot stay however many tasks are still to come, empty when it can. */
  static Optional<String> crashProblem(RevisionFigures fresh, RevisionFigures previous) {
    boolean isWorse = crashRate(fresh) > 2 * crashRate(previous);
    return fresh.crashes() >= FEWEST_CRASHES && isWorse
        ? Optional.of(
            fresh.crashes()
                + " crashes in "
                + ended(fresh)
                + ", the previous build "
                + previous.crashes()
                + " in "
                + ended(previous))
        : Optional.empty();
  }

  /**
   * What is worse, empty when nothing is. Kinds of tasks are compared each by itself: by chance one
   * build has more of the long ones.
   */
  static Optional<String> judge(Work fresh, Work previous) {
    return crashProblem(fresh.figures(), previous.figures())
        .or(() -> probeProblem(fresh))
        .or(() -> failureProblem(fresh, previous, "tasks"))
        .or(
            () ->
                fresh.kinds().stream()
                    .flatMap(
                        kind -> problemOf(kind, fresh.ofKind(kind), previous.ofKind(kind)).stream())
                    .findFirst());
  }

  private static Optional<String> problemOf(String kind, Work fresh, Work previous) {
    Optional<String> failures =
        previous.tasks() < FEWEST_TASKS
            ? Optional.empty()
            : failureProblem(fresh, previous, "tasks of kind " + kind);
    return failures
        .or(() -> durationProblem(kind, fresh, previous))
        .or(() -> longestProblem(kind, fresh, previous))
        .or(() -> tokenProblem(kind, fresh, previous));
  }

  /** What it has done, for people. */
  static String ended(RevisionFigures figures) {
    return figures.tasks()
        + " tasks"
        + (figures.probes() == 0 ? "" : " and " + figures.probes() + " probes");
  }

  /** They ask for nothing but an echo, whatever becomes of the tasks. */
  private static Optional<String> probeProblem(Work fresh) {
    return fresh.failedProbes() >= FEWEST_FAILURES
        ? Optional.of(fresh.failedProbes() + " of " + fresh.probes() + " probes failed")
        : Optional.empty();
  }

  private static Optional<String> failureProblem(Work fresh, Work previous, String what) {
    double more = failedShare(fresh) - failedShare(previous);
    return fresh.failed() >= FEWEST_FAILURES && more > LARGEST_MORE_FAILED
        ? Optional.of(
            fresh.failed()
                + " of "
                + fresh.tasks()
                + " "
                + what
                + " failed, with the previous build "
                + previous.failed()
                + " of "
                + previous.tasks())
        : Optional.empty();
  }

  private static Optional<String> durationProblem(String kind, Work fresh, Work previous) {
    if (!areEnough(fresh, previous)) {
      return Optional.empty();
    }
    long now = fresh.figures().p95Ms().orElse(0L);
    long before = previous.figures().p95Ms().orElse(0L);
    double longest = LARGEST_P95_FACTOR * before + P95_SLACK_MILLIS;
    // Of few tasks the p95 is the slowest, and that is one of the first of a JVM that has begun.
    boolean isOften =
        fresh.samples().stream()
                .filter(TaskSample::isMeasured)
                .filter(TaskSample::isOfSettledProcess)
                .filter(sample -> sample.durationMillis() > longest)
                .count()
            >= FEWEST_SLOW;
    return now > longest && isOften
        ? Optional.of(
            "p95 of "
                + now
                + " ms a task of kind "
                + kind
                + ", with the previous build "
                + before
                + " ms")
        : Optional.empty();
  }

  /**
   * A task that never ends is in no percentile, nor is one of few that take very long. What has
   * done many is allowed one of them: some tasks are longer than others.
   */
  private static Optional<String> longestProblem(String kind, Work fresh, Work previous) {
    if (previous.durations().length < FEWEST_TASKS) {
      return Optional.empty();
    }
    long before = times(previous).max().orElse(0);
    double longest = LARGEST_LONGEST_FACTOR * before + LONGEST_SLACK_MILLIS;
    long tooLong = times(fresh).filter(time -> time > longest).count();
    long allowed = fresh.durations().length < FEWEST_TASKS ? 0 : FEWEST_SLOW - 1;
    return tooLong > allowed
        ? Optional.of(
            "a task of kind "
                + kind
                + " took or has taken "
                + times(fresh).max().orElse(0)
                + " ms, none of the previous build more than "
                + before
                + " ms")
        : Optional.empty();
  }

  /** Of tasks that are done and, as far as they have come, of those at hand. */
  private static LongStream times(Work work) {
    return LongStream.concat(
        LongStream.of(work.durations()), work.held().stream().mapToLong(HeldTask::heldMillis));
  }

  private static Optional<String> tokenProblem(String kind, Work fresh, Work previous) {
    if (!areEnough(fresh, previous)) {
      return Optional.empty();
    }
    double now = fresh.figures().tokensPerTask().orElse(0.0);
    double before = previous.figures().tokensPerTask().orElse(0.0);
    return now > LARGEST_TOKEN_FACTOR * before + TOKEN_SLACK
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%.0f tokens a task of kind %s, with the previous build %.0f",
                now,
                kind,
                before))
        : Optional.empty();
  }

  private static boolean areEnough(Work fresh, Work previous) {
    return fresh.durations().length >= FEWEST_TASKS && previous.durations().length >= FEWEST_TASKS;
  }

  private static double crashRate(RevisionFigures figures) {
    return figures.crashes() / (figures.tasks() + figures.probes() + 1.0);
  }

  private static double failedShare(Work work) {
    return work.tasks() == 0 ? 0 : (double) work.failed() / work.tasks();
  }
}
