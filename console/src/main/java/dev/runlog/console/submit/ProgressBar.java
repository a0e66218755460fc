package dev.runlog.console.submit;

import dev.runlog.console.render.Progress;
import dev.runlog.events.tasks.TaskCounts;
import java.io.PrintStream;

/** Progress on a terminal: one line that is drawn over itself. */
public final class ProgressBar implements ProgressDisplay {

  private static final String TO_LINE_START_AND_ERASE = "\r\u001b[K";

  private final PrintStream terminal;
  private String shown = "";

  public ProgressBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(TaskCounts counts) {
    draw(Progress.bar(counts));
  }

  @Override
  public void note(String text) {
    String bar = shown;
    draw(text);
    terminal.println();
    draw(bar);
  }

  @Override
  public void end(TaskCounts counts) {
    show(counts);
    terminal.println();
  }

  private void draw(String line) {
    if (!line.equals(shown)) {
      terminal.print(TO_LINE_START_AND_ERASE + line);
      terminal.flush();
      shown = line;
    }
  }
}
