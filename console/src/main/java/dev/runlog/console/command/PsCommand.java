package dev.runlog.console.command;

import dev.runlog.console.ps.LiveView;
import dev.runlog.console.ps.ProcessMeter;
import dev.runlog.events.db.Database;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What runs right now. */
@Command(
    name = "ps",
    description =
        "Show what runs right now, each below what started it: state, uptime, tokens of its own"
            + " calls, the task that it holds, and on this machine the memory and processor time of"
            + " its process.")
public final class PsCommand implements Callable<Integer> {

  /** Long enough for the kernel's ticks of 10 ms to tell a share of a core. */
  private static final Duration SHORTEST_SAMPLE = Duration.ofMillis(250);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private final RunlogCommand root;
  private final ProcessMeter meter = new ProcessMeter();

  @Option(
      names = {"-w", "--watch"},
      description = "Look again every two seconds, until Ctrl-C.")
  private boolean isWatching;

  public PsCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    PrintStream out = root.terminal().out();
    // Processor time is a difference, so the first look only counts for the second.
    boolean goesOn = look(database).isEmpty() || pause(SHORTEST_SAMPLE);
    print(look(database));
    while (isWatching && goesOn && !out.checkError()) {
      goesOn = pause(BETWEEN_LOOKS);
      print(look(database));
    }
    return ExitCode.OK;
  }

  private LiveView look(Database database) {
    return LiveView.of(database, meter, root.terminal().clock().instant());
  }

  private void print(LiveView view) {
    if (root.isJson()) {
      view.json().forEach(root::print);
      return;
    }
    if (isWatching && root.terminal().isOutTerminal()) {
      root.terminal().out().print(HOME_AND_CLEAR);
    }
    if (view.isEmpty()) {
      root.terminal().out().println("nothing runs; 'runlog up' starts a fleet");
    } else {
      root.terminal().print(view.table());
    }
  }

  /** Returns whether to go on. */
  private static boolean pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
