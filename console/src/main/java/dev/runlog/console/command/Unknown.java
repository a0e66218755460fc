package dev.runlog.console.command;

import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;

/** What is said of an id that the database does not know. */
final class Unknown {

  private Unknown() {}

  static ProcessFailure run(RunId run) {
    return usage("there is no run " + run + "; 'runlog tree' shows the runs");
  }

  static ProcessFailure event(EventId event) {
    return usage("there is no event " + event + "; 'runlog tail' shows the newest events");
  }

  static ProcessFailure task(TaskId task) {
    return usage("there is no task " + task + "; 'runlog tasks list' shows the tasks");
  }

  private static ProcessFailure usage(String message) {
    return new ProcessFailure(ExitCode.USAGE, message);
  }
}
