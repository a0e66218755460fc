package dev.runlog.worker.selfcheck;

import dev.runlog.events.json.Json;
import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.SelfCheckWords;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.worker.Worker;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** One worker on a scratch database, with one task to do. */
final class TrialRun implements ProcessMain {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String DONE = "self-check passed";

  private final boolean isWatched;
  private final PrintStream out;

  /**
   * @param isWatched whether somebody is there to end it by SIGTERM
   */
  TrialRun(boolean isWatched, PrintStream out) {
    this.isWatched = isWatched;
    this.out = out;
  }

  @Override
  public int run(RunContext context) throws InterruptedException {
    TaskId task = submitEcho(context);
    Thread watching = new Thread(() -> watch(context, task), "runlog-self-check");
    watching.setDaemon(true);
    watching.start();
    int exitCode = new Worker(context, Map.of()).work();
    watching.join();
    requireDone(context, task);
    return exitCode;
  }

  private static TaskId submitEcho(RunContext context) {
    TaskSpec echo =
        TaskSpec.of(Probe.kindFor(context.instanceId()), Json.object().put("echo", "hello"));
    return new TaskQueue(context.database(), context.log(), InstantSource.system())
        .submit(context.emitter(), List.of(echo))
        .get(0)
        .id();
  }

  private void watch(RunContext context, TaskId task) {
    Shutdown shutdown = context.shutdown();
    long start = System.nanoTime();
    try {
      while (!isDone(context, task)
          && System.nanoTime() - start < LONGEST_WAIT.toNanos()
          && !shutdown.await(BETWEEN_LOOKS)) {}
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!isDone(context, task)) {
      shutdown.request("self-check failed");
    } else {
      out.println(SelfCheckWords.PASSED);
      if (!isWatched) {
        shutdown.request(DONE);
      }
    }
  }

  private static void requireDone(RunContext context, TaskId id) {
    Task task = find(context, id);
    if (task.state() != TaskState.DONE || !task.result().orElse("").contains("hello")) {
      throw new ProcessFailure(
          ExitCode.BUG,
          "self-check: the echo task is "
              + task.state().wireName()
              + task.error().map(error -> " (" + error + ")").orElse("")
              + ", not done; this build cannot work");
    }
  }

  private static boolean isDone(RunContext context, TaskId id) {
    return find(context, id).state() == TaskState.DONE;
  }

  private static Task find(RunContext context, TaskId id) {
    return new TaskQuery(context.database()).find(id).orElseThrow();
  }
}
