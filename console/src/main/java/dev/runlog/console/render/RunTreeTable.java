package dev.runlog.console.render;

import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The tree of runs as a table for a terminal of 80 columns. */
public final class RunTreeTable {

  private final Instant now;
  private final Table table =
      new Table(
          Column.text("RUN"),
          Column.cuttable("INSTANCE", 10),
          Column.cuttable("ROLE", 6),
          Column.text("STATE"),
          Column.number("UPTIME"),
          Column.number("DONE"),
          Column.number("TOKENS"));

  /**
   * @param now until when the runs that have not ended are up
   */
  public RunTreeTable(Instant now) {
    this.now = now;
  }

  public void add(RunRow row, RunRow.Work work) {
    Run run = row.run();
    long tokens = work.calls().inputTokens() + work.calls().outputTokens();
    String hidden = row.hidden() == 0 ? "" : " +" + Humans.number(row.hidden());
    table.row(
        Cell.of(row.branch() + run.id() + hidden),
        Cell.of(run.emitter().instanceId()),
        Cell.of(run.emitter().role()),
        Cell.of(wireName(run.state()), styleOf(run.state())),
        Cell.of(Humans.duration(uptime(run, now))),
        Cell.of(countOrBlank(work.tasksDone())),
        Cell.of(countOrBlank(tokens)));
  }

  public Table table() {
    return table;
  }

  /** From its start to its end, or until now. */
  static Duration uptime(Run run, Instant now) {
    return Duration.between(run.startedAt(), run.endedAt().orElse(now));
  }

  static String wireName(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String countOrBlank(long count) {
    return count == 0 ? "" : Humans.number(count);
  }

  private static Style styleOf(RunState state) {
    return switch (state) {
      case RUNNING -> Style.GREEN;
      case STOPPED -> Style.DIM;
      case FAILED, CRASHED -> Style.RED;
    };
  }
}
