package dev.runlog.supervisor.restart;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a slot gives up: too many crashes within a window, or too many starts in a row that
 * never became a run.
 *
 * @param mostCrashes crashes within the window that end the restarts
 * @param window how far back crashes count
 * @param mostFailedStarts failed starts in a row that end the restarts
 */
public record CrashLoop(int mostCrashes, Duration window, int mostFailedStarts) {

  public static final CrashLoop USUAL = new CrashLoop(5, Duration.ofMinutes(2), 3);

  /** A reason to give up, for people. */
  public record Verdict(int crashes, Duration window, String reason) {}

  /**
   * Judges the history of a slot after a crash.
   *
   * @param history all its crashes, the oldest first, the last one being the one that just happened
   * @return why the slot gives up, empty when it goes on
   */
  public Optional<Verdict> judge(List<Crash> history) {
    int failedStarts = failedStartsInARow(history);
    if (failedStarts >= mostFailedStarts) {
      return Optional.of(
          new Verdict(
              failedStarts,
              window,
              failedStarts + " starts in a row failed before the process logged anything"));
    }
    int recent = crashesWithinWindow(history);
    if (recent >= mostCrashes) {
      return Optional.of(
          new Verdict(recent, window, recent + " crashes within " + window.toSeconds() + " s"));
    }
    return Optional.empty();
  }

  private int failedStartsInARow(List<Crash> history) {
    int count = 0;
    for (int i = history.size() - 1; i >= 0 && history.get(i).isFailedStart(); i--) {
      count++;
    }
    return count;
  }

  private int crashesWithinWindow(List<Crash> history) {
    if (history.isEmpty()) {
      return 0;
    }
    long now = history.get(history.size() - 1).atNanos();
    return (int)
        history.stream().filter(crash -> now - crash.atNanos() <= window.toNanos()).count();
  }
}
