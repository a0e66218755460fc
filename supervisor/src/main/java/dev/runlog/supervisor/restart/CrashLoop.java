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
   * @param crashesAtNanos when it crashed, on the monotonic clock of this process, the oldest
   *     first, the last one being the one that just happened
   * @param failedStarts how many starts in a row, this one included, ended before the process
   *     logged {@code process.started}; one that did log it between them ends the row, however it
   *     ended itself
   * @return why the slot gives up, empty when it goes on
   */
  public Optional<Verdict> judge(List<Long> crashesAtNanos, int failedStarts) {
    if (failedStarts >= mostFailedStarts) {
      return Optional.of(
          new Verdict(
              failedStarts,
              window,
              failedStarts + " starts in a row failed before the process logged anything"));
    }
    int recent = crashesWithinWindow(crashesAtNanos);
    if (recent >= mostCrashes) {
      return Optional.of(
          new Verdict(recent, window, recent + " crashes within " + window.toSeconds() + " s"));
    }
    return Optional.empty();
  }

  private int crashesWithinWindow(List<Long> crashesAtNanos) {
    if (crashesAtNanos.isEmpty()) {
      return 0;
    }
    long now = crashesAtNanos.get(crashesAtNanos.size() - 1);
    return (int) crashesAtNanos.stream().filter(at -> now - at <= window.toNanos()).count();
  }
}
