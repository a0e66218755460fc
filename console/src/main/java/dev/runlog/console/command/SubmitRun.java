package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.Terminal;
import dev.runlog.console.render.Humans;
import dev.runlog.console.render.IdRanges;
import dev.runlog.console.render.SafeText;
import dev.runlog.console.render.TaskJson;
import dev.runlog.console.render.TaskText;
import dev.runlog.console.submit.AwaitedTasks;
import dev.runlog.console.submit.ProgressBar;
import dev.runlog.console.submit.ProgressDisplay;
import dev.runlog.console.submit.ProgressLines;
import dev.runlog.console.submit.TaskWait;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.tasks.Submission;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.ExitCode;
import dev.runlog.process.RunContext;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of a submission that writes: puts the tasks into the queue and, if asked, waits. */
final class SubmitRun {

  private static final int MOST_FAILURES_SHOWN = 20;

  private final RunlogCommand root;
  private final Terminal terminal;
  private final RunContext context;
  private final boolean printsAnswers;

  /**
   * @param printsAnswers whether the answers themselves are printed after a wait
   */
  SubmitRun(RunlogCommand root, RunContext context, boolean printsAnswers) {
    this.root = root;
    this.terminal = root.terminal();
    this.context = context;
    this.printsAnswers = printsAnswers;
  }

  /** Submits the tasks; returns the exit code. */
  int submit(List<TaskSpec> specs, boolean isWaiting) {
    if (!isWaiting) {
      tell(specs, submitted(specs));
      return ExitCode.OK;
    }
    EventFeed feed = EventFeed.fromNow(context.database());
    List<Submission> submissions = submitted(specs);
    terminal.err().println(summary(specs, submissions));
    return waitFor(new AwaitedTasks(submissions.stream().map(Submission::id).toList()), feed);
  }

  private List<Submission> submitted(List<TaskSpec> specs) {
    return new TaskQueue(context.database(), context.log(), terminal.clock())
        .submit(context.emitter(), specs);
  }

  private void tell(List<TaskSpec> specs, List<Submission> submissions) {
    if (!root.isJson()) {
      terminal.out().println(summary(specs, submissions));
      return;
    }
    for (int i = 0; i < submissions.size(); i++) {
      root.print(json(specs.get(i), submissions.get(i)));
    }
  }

  private static ObjectNode json(TaskSpec spec, Submission submission) {
    return Json.object()
        .put("id", submission.id().value())
        .put("kind", spec.kind())
        .put("is_new", submission.isNew());
  }

  /**
   * {@code submitted tasks 1–4, 7}, and what was left out: for tasks that were there before under
   * the same unique key, and for those of earlier lines, whose key finds the line.
   */
  private static String summary(List<TaskSpec> specs, List<Submission> submissions) {
    List<Long> added = ids(submissions, true);
    List<Long> twins = ids(submissions, false);
    twins.removeAll(added);
    List<String> keys = keysGivenTwice(specs, submissions, added);
    return (added.isEmpty() ? "submitted nothing new" : "submitted " + naming(added))
        + (twins.isEmpty() ? "" : "; already queued under the same unique_key: " + naming(twins))
        + (keys.isEmpty()
            ? ""
            : "; left out, as an earlier line has the same unique_key: " + String.join(", ", keys));
  }

  private static List<String> keysGivenTwice(
      List<TaskSpec> specs, List<Submission> submissions, List<Long> added) {
    return IntStream.range(0, specs.size())
        .filter(i -> !submissions.get(i).isNew())
        .filter(i -> added.contains(submissions.get(i).id().value()))
        .mapToObj(i -> SafeText.summary(specs.get(i).uniqueKey().orElseThrow()))
        .distinct()
        .toList();
  }

  private static List<Long> ids(List<Submission> submissions, boolean isNew) {
    return submissions.stream()
        .filter(submission -> submission.isNew() == isNew)
        .map(submission -> submission.id().value())
        .distinct()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String naming(List<Long> ids) {
    return (ids.size() == 1 ? "task " : "tasks ") + IdRanges.of(ids);
  }

  private int waitFor(AwaitedTasks awaited, EventFeed feed) {
    new TaskWait(feed, display(), terminal.clock()).until(awaited, context.shutdown()::isRequested);
    if (!awaited.areAllFinal()) {
      terminal
          .err()
          .println("stopped waiting; the tasks stay queued, 'runlog tasks list' shows them");
      return ExitCode.OK;
    }
    return report(awaited);
  }

  private ProgressDisplay display() {
    return terminal.isErrTerminal()
        ? new ProgressBar(terminal.err())
        : new ProgressLines(terminal.err(), terminal.clock());
  }

  private int report(AwaitedTasks awaited) {
    TaskQuery query = new TaskQuery(context.database());
    int failures = 0;
    for (TaskId id : awaited.ids()) {
      Optional<Task> task = query.find(id);
      task.ifPresent(this::printResult);
      if (task.filter(found -> found.state() != TaskState.DONE).isPresent()) {
        failures++;
        if (failures <= MOST_FAILURES_SHOWN) {
          terminal.err().println(failureOf(task.get()));
        }
      }
    }
    tellOfMore(failures - MOST_FAILURES_SHOWN);
    return failures == 0 ? ExitCode.OK : ExitCode.TASKS_FAILED;
  }

  private void printResult(Task task) {
    if (root.isJson()) {
      root.print(TaskJson.of(task));
    } else if (printsAnswers) {
      PrintStream out = terminal.out();
      // A file gets the very text; a terminal would obey what is in it.
      TaskText.answer(task)
          .map(text -> terminal.isOutTerminal() ? SafeText.lines(text) : text)
          .ifPresent(out::println);
    }
  }

  private static String failureOf(Task task) {
    String error = task.error().map(text -> ": " + SafeText.summary(text)).orElse("");
    return "task " + task.id() + " " + task.state().wireName() + error;
  }

  private void tellOfMore(int more) {
    if (more > 0) {
      terminal
          .err()
          .println(
              "… and "
                  + Humans.number(more)
                  + " more; 'runlog tasks list --state failed' shows them");
    }
  }
}
