package dev.runlog.console.render;

import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Tasks as a table for a terminal of 80 columns. */
public final class TaskTable {

  private TaskTable() {}

  /**
   * A line a task: an open or failed one says why its last attempt failed, others what is asked.
   */
  public static Table of(List<Task> tasks, Instant now, ZoneId zone) {
    Table table =
        new Table(
            Column.number("ID"),
            Column.text("STATE"),
            Column.cuttable("KIND", 6),
            Column.text("TRIES"),
            Column.text("SUBMITTED"),
            Column.cuttable("ABOUT", 8));
    for (Task task : tasks) {
      table.row(
          Cell.of(task.id().toString()),
          Cell.of(task.state().wireName(), TaskText.styleOf(task.state())),
          Cell.of(task.kind()),
          Cell.of(task.attempt() + "/" + task.maxAttempts()),
          Cell.of(Humans.shortTime(task.submittedAt(), now, zone)),
          Cell.of(TaskText.summary(task)));
    }
    return table;
  }

  /**
   * {@code 12 tasks: 3 queued · 9 done}, and how many of them are shown when not all are. Probes
   * that are shown are counted apart.
   */
  public static String summary(TaskCounts counts, List<Task> shown) {
    long probes = shown.stream().filter(task -> Probe.isProbe(task.kind())).count();
    String besides = probes == 0 ? "" : "; besides, probes: " + Humans.number(probes);
    return summary(counts, shown.size() - probes) + besides;
  }

  private static String summary(TaskCounts counts, long shown) {
    if (counts.total() == 0) {
      return "no tasks yet; 'runlog submit --prompt TEXT' submits one";
    }
    List<String> parts = new ArrayList<>();
    for (TaskState state : TaskState.values()) {
      if (counts.of(state) > 0) {
        parts.add(Humans.number(counts.of(state)) + " " + state.wireName());
      }
    }
    String noun = counts.total() == 1 ? " task: " : " tasks: ";
    String total = Humans.number(counts.total()) + noun + String.join(" · ", parts);
    return shown < counts.total() ? total + "; " + Humans.number(shown) + " shown" : total;
  }
}
