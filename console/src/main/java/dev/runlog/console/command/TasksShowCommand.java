package dev.runlog.console.command;

import dev.runlog.console.render.Humans;
import dev.runlog.console.render.PrettyJson;
import dev.runlog.console.render.TaskFields;
import dev.runlog.console.render.TaskJson;
import dev.runlog.events.db.Database;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One task in full. */
@Command(name = "show", description = "Show one task: its columns, its request and its result.")
public final class TasksShowCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(paramLabel = "ID", description = "Id of the task.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private TaskId id;

  public TasksShowCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    Task task = new TaskQuery(database).find(id).orElseThrow(() -> Unknown.task(id));
    if (root.isJson()) {
      root.print(TaskJson.of(task));
    } else {
      print(task);
    }
    return ExitCode.OK;
  }

  private void print(Task task) {
    PrintStream out = root.terminal().out();
    TaskFields.of(task, root.terminal().zone()).lines().forEach(out::println);
    out.println("request");
    out.println(PrettyJson.of(task.request()));
    out.println("result");
    out.println(task.result().map(PrettyJson::of).orElse(Humans.NOTHING));
  }
}
