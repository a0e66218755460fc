package dev.runlog.worker;

import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.tasks.Submission;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskLine;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.Executable;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Submits tasks and runs a worker on them inside the test's JVM, until all of them have ended. */
public final class EmbeddedWorker {

  private final Path database;

  public EmbeddedWorker(Path directory) {
    this.database = directory.resolve("runlog.db");
  }

  /** Runs the tasks, then hands what the table holds to the assertions; returns the exit code. */
  public int run(
      List<String> lines,
      Function<RunContext, Map<String, TaskHandler>> handlers,
      Consumer<Outcome> assertions) {
    Surroundings surroundings =
        Surroundings.embedded(
            Map.of("RUNLOG_DB", database.toString(), "RUNLOG_DURABILITY", "process"));
    return new ProcessStartup(Executable.numberedWorker("worker"), surroundings)
        .run(
            context -> {
              List<Submission> submitted = submit(context, lines);
              Thread watcher = endWhenDrained(context);
              int exitCode = new Worker(context, handlers.apply(context)).work();
              assertions.accept(new Outcome(context, submitted));
              // It must not read any more when the database is closed.
              watcher.join();
              return exitCode;
            });
  }

  /** What became of the tasks. */
  public record Outcome(RunContext context, List<Submission> submitted) {

    public Outcome {
      submitted = List.copyOf(submitted);
    }

    public Task task(int index) {
      return new TaskQuery(context.database()).find(submitted.get(index).id()).orElseThrow();
    }

    public EventQuery events() {
      return new EventQuery(context.database());
    }
  }

  private static List<Submission> submit(RunContext context, List<String> lines) {
    return new TaskQueue(context.database(), context.log(), InstantSource.system())
        .submit(context.emitter(), lines.stream().map(TaskLine::parse).toList());
  }

  private static Thread endWhenDrained(RunContext context) {
    TaskQuery tasks = new TaskQuery(context.database());
    EventFeed feed = EventFeed.after(context.database(), 0);
    Thread watcher =
        new Thread(
            () -> {
              while (!context.shutdown().isRequested() && !tasks.isDrained()) {
                feed.next(Duration.ofMillis(100));
              }
              context.shutdown().request("drained");
            });
    watcher.setDaemon(true);
    watcher.start();
    return watcher;
  }
}
