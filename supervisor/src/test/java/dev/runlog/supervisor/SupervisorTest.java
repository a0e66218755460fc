package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.WorkerExited;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.process.ExitCode;
import dev.runlog.supervisor.control.Crew;
import dev.runlog.supervisor.revision.Deployment;
import dev.runlog.supervisor.slot.Launch;
import dev.runlog.supervisor.slot.Slot;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.SlotState;
import dev.runlog.supervisor.slot.Spares;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a supervisor ends its children, and when it ends itself. */
class SupervisorTest extends SmallFleetTest {

  @Test
  void asksItsChildrenToEndWhenItIsAskedToEnd() {
    int exitCode =
        run.run(
            context ->
                whileRunning(
                    new Supervisor(
                        context,
                        List.of(
                            shell("W00001", "exec sleep 60"), shell("W00002", "exec sleep 60"))),
                    context,
                    event ->
                        event.is(EventType.WORKER_SPAWNED)
                            && event.payload().orElseThrow().contains("W00002")));

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .hasSize(2)
        .allSatisfy(exited -> assertThat(exited.signal()).contains("SIGTERM"));
    assertNoneIsLeft(2);
  }

  @Test
  void killsAChildThatIgnoresTheRequestWhenItIsInAHurry() {
    String deaf = "trap '' TERM; echo deaf; while :; do sleep 1; done";
    run.run(
        context -> {
          Supervisor supervisor = new Supervisor(context, List.of(shell("W00001", deaf)));
          return whileRunning(
              supervisor,
              context,
              event -> {
                if (event.is(EventType.WORKER_SPAWNED)) {
                  context.shutdown().hurry();
                  return true;
                }
                return false;
              });
        });
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .singleElement()
        .satisfies(exited -> assertThat(exited.signal()).isPresent());
  }

  @Test
  void endsAtOnceWhenThereIsNothingToDrain() {
    int exitCode =
        run.run(
            context -> {
              Supervisor supervisor =
                  new Supervisor(context, List.of(shell("W00001", "exec sleep 60")));
              supervisor.endWhenDrained();
              return supervisor.run();
            });
    assertThat(exitCode).isZero();
  }

  /** As after an upgrade of the schema, for which the present build is too old. */
  @Test
  void waitsForTheBuildThatIsStillToBeTriedWhenAllSlotsGaveUp() {
    SlotSpec spec = shell("W00001", "exit 78");
    int exitCode =
        run.run(
            context ->
                whileRunning(
                    new Supervisor(
                        context, List.of(spec), Crew.fixed(""), new LateBuild(), Spares.none()),
                    context,
                    event ->
                        event.is(EventType.WORKER_SPAWNED)
                            && Json.read(event.payload().orElseThrow(), WorkerSpawned.class)
                                .revision()
                                .isPresent()));
    assertThat(exitCode).isZero();
  }

  /** A build whose check is over a while after the present one gave up. */
  private static final class LateBuild implements Deployment {

    private int looksAtNone;

    @Override
    public Launch launchOf(SlotSpec spec) {
      return isAnyAwaited()
          ? new Launch(spec.command(), Optional.empty())
          : new Launch(List.of("sleep", "60"), Optional.of("a".repeat(40)));
    }

    @Override
    public int step(List<Slot> slots) {
      if (slots.stream().allMatch(slot -> slot.state() == SlotState.FATAL)) {
        looksAtNone++;
        if (!isAnyAwaited()) {
          slots.forEach(Slot::restart);
        }
      }
      return 0;
    }

    @Override
    public boolean isAnyAwaited() {
      return looksAtNone < 3;
    }

    @Override
    public void close() {}
  }

  @Test
  void endsAChildWhoseStartCannotBeRecorded() {
    int exitCode =
        run.run(
            context -> {
              refuse("worker.spawned");
              return new Supervisor(context, List.of(program("W00001", "exec sleep 60"))).run();
            });

    assertThat(exitCode).isEqualTo(ExitCode.BUG);
    assertThat(run.err()).contains("worker.spawned is refused");
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .singleElement()
        .satisfies(exited -> assertThat(exited.signal()).contains("SIGTERM"));
  }

  @Test
  void endsAllChildrenThoughTheEndOfOneCannotBeRecorded() {
    SlotSpec deaf =
        program("W00002", "trap '' TERM; echo deaf; while :; do sleep 0.05; done")
            .withGrace(Duration.ofSeconds(2));
    int exitCode =
        run.run(
            context -> {
              refuse("worker.exited");
              return whileRunning(
                  new Supervisor(context, List.of(program("W00001", "exec sleep 60"), deaf)),
                  context,
                  event -> isSpawnOf("W00002", 0, event));
            });

    assertThat(exitCode).isEqualTo(ExitCode.BUG);
    assertThat(run.err()).contains("worker.exited is refused");
    assertNoneIsLeft(2);
  }

  /** Has the store refuse each event of a type, as a broken one may. */
  private void refuse(String eventType) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("runlog.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN new.event_type = '"
              + eventType
              + "' BEGIN SELECT RAISE(ABORT, '"
              + eventType
              + " is refused'); END");
    }
  }
}
