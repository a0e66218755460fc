package dev.runlog.console.submit;

import dev.runlog.console.render.Progress;
import dev.runlog.events.tasks.TaskCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Progress where nothing can be drawn over, such as in a log: a line now and then. */
public final class ProgressLines implements ProgressDisplay {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final PrintStream out;
  private final InstantSource clock;
  private Instant shownAt = Instant.EPOCH;
  private String shown = "";

  public ProgressLines(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void show(TaskCounts counts) {
    if (!clock.instant().isBefore(shownAt.plus(PAUSE))) {
      print(Progress.words(counts));
    }
  }

  @Override
  public void note(String text) {
    out.println(text);
  }

  @Override
  public void end(TaskCounts counts) {
    print(Progress.words(counts));
  }

  private void print(String line) {
    if (!line.equals(shown)) {
      out.println(line);
      shown = line;
      shownAt = clock.instant();
    }
  }
}
