package dev.runlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.Executable;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.lifecycle.Outage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenClaimsTest {

  @TempDir Path directory;

  @Test
  void givesBackATaskWhoseClaimCameThroughAlthoughItsCommitFailed() {
    run(
        context -> {
          TaskQueue queue =
              new TaskQueue(context.database(), context.log(), InstantSource.system());
          queue.submit(context.emitter(), List.of(TaskSpec.prompt("hello")));
          Outage outage = new Outage(context.shutdown(), quiet());
          ForgottenClaims forgotten = new ForgottenClaims(context, queue, outage);
          Supplier<Optional<Claim>> claim =
              () -> queue.claimNext(context.emitter(), List.of("chat"));
          Iterator<Supplier<Optional<Claim>>> tries =
              List.<Supplier<Optional<Claim>>>of(() -> committedUnheard(claim), claim).iterator();

          Optional<Claim> held =
              outage
                  .outlast(
                      "claim a task",
                      () -> {
                        forgotten.giveBack();
                        return tries.next().get();
                      })
                  .orElseThrow();

          assertThat(held).isPresent();
          assertThat(held.get().task().attempt()).isEqualTo(1);
          queue.complete(context.emitter(), held.get(), "{}");
          assertThat(new TaskQuery(context.database()).find(held.get().task().id()))
              .map(Task::state)
              .contains(TaskState.DONE);
        });
  }

  @Test
  void leavesWhatIsHeldAloneWhileTheDatabaseIsThere() {
    run(
        context -> {
          TaskQueue queue =
              new TaskQueue(context.database(), context.log(), InstantSource.system());
          queue.submit(context.emitter(), List.of(TaskSpec.prompt("hello")));
          queue.claimNext(context.emitter(), List.of("chat"));
          Outage outage = new Outage(context.shutdown(), quiet());

          assertThat(new ForgottenClaims(context, queue, outage).giveBack()).isEmpty();
          assertThat(new TaskQuery(context.database()).holders()).containsExactly(context.runId());
        });
  }

  private static Optional<Claim> committedUnheard(Supplier<Optional<Claim>> claim) {
    assertThat(claim.get()).isPresent();
    throw new DatabaseException(
        DatabaseException.Kind.UNAVAILABLE, "the connection was lost during the commit");
  }

  private static PrintStream quiet() {
    return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
  }

  private interface Body {
    void run(RunContext context);
  }

  private void run(Body body) {
    Surroundings surroundings =
        Surroundings.embedded(
            Map.of(
                "RUNLOG_DB",
                directory.resolve("runlog.db").toString(),
                "RUNLOG_DURABILITY",
                "process"));
    int exitCode =
        new ProcessStartup(Executable.numberedWorker("worker"), surroundings)
            .run(
                context -> {
                  body.run(context);
                  return 0;
                });
    assertThat(exitCode).isZero();
  }
}
