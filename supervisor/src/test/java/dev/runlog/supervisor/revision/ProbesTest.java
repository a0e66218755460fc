package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.EmbeddedRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {

  private static final String WORKER = "W00001";
  private static final long A_WHILE = Duration.ofSeconds(1).toNanos();

  @TempDir Path directory;

  private final AtomicLong now = new AtomicLong();

  @Test
  void asksAWorkerThatHasNothingToDoWhateverOthersDoAndWait() {
    run(
        context -> {
          queue(context).submit(context.emitter(), List.of(task("taken"), task("nobody")));
          assertThat(queue(context).claimNext(context.emitter(), List.of("taken"))).isPresent();
          Probes probes = new Probes(context, now::get);
          RunId idle = new RunId(context.runId().value() + 1);

          probes.askIfIdle(WORKER, idle);
          assertThat(asked(context)).as("at the first look").isEmpty();
          now.addAndGet(A_WHILE);
          probes.askIfIdle(WORKER, idle);
          assertThat(asked(context)).containsExactly(Probe.kindFor(WORKER));
          probes.askIfIdle(WORKER, idle);
          assertThat(asked(context)).as("one at a time").hasSize(1);
        });
  }

  @Test
  void leavesAWorkerAloneThatHoldsATask() {
    run(
        context -> {
          queue(context).submit(context.emitter(), List.of(task("taken")));
          Probes probes = new Probes(context, now::get);
          probes.askIfIdle(WORKER, context.runId());
          assertThat(queue(context).claimNext(context.emitter(), List.of("taken"))).isPresent();
          now.addAndGet(A_WHILE);
          probes.askIfIdle(WORKER, context.runId());
          assertThat(asked(context)).isEmpty();
        });
  }

  private void run(Consumer<RunContext> what) {
    new EmbeddedRun(directory.resolve("runlog.db")).succeed(what);
  }

  private static TaskQueue queue(RunContext context) {
    return new TaskQueue(context.database(), context.log(), InstantSource.system());
  }

  private static TaskSpec task(String kind) {
    return TaskSpec.of(kind, Json.object());
  }

  private static List<String> asked(RunContext context) {
    return new TaskQuery(context.database())
        .newest(List.of(TaskState.QUEUED), 10).stream()
            .map(Task::kind)
            .filter(Probe::isProbe)
            .toList();
  }
}
