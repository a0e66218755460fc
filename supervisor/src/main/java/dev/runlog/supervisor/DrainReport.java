package dev.runlog.supervisor;

import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.util.List;

/**
 * What a drained queue leaves to say.
 *
 * @param counts the tasks that ended since the supervisor started
 * @param failed the newest of those that failed
 */
public record DrainReport(TaskCounts counts, List<Task> failed) {

  public DrainReport {
    failed = List.copyOf(failed);
  }

  /** 0 when no task failed, else 1. */
  public int exitCode() {
    return counts.of(TaskState.FAILED) == 0 ? ExitCode.OK : ExitCode.TASKS_FAILED;
  }

  /** Prints how many tasks ended how, and why the newest failed. */
  public void printTo(PrintStream out) {
    out.printf(
        "drained: %d done, %d failed, %d cancelled%n",
        counts.of(TaskState.DONE), counts.of(TaskState.FAILED), counts.of(TaskState.CANCELLED));
    failed.forEach(
        task ->
            out.printf(
                "  task %s failed: %s%n", task.id(), task.error().orElse("no reason given")));
    if (!failed.isEmpty()) {
      out.println(
          "  look at one with 'runlog tasks show ID', try it again with 'runlog tasks retry ID'");
    }
  }
}
