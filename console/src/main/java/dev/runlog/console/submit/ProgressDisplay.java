package dev.runlog.console.submit;

import dev.runlog.events.tasks.TaskCounts;

/** Shows how far the awaited tasks are. Used by one thread. */
public interface ProgressDisplay {

  /** Shows the counts if they are worth a look now. */
  void show(TaskCounts counts);

  /** Says something beside the progress. */
  void note(String text);

  /** Shows the last counts and leaves the cursor at the beginning of a line. */
  void end(TaskCounts counts);
}
