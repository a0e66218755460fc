package dev.runlog.it;

import static dev.runlog.events.log.EventType.CONTROL_OBEYED;
import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static dev.runlog.events.log.EventType.WORKER_EXITED;
import static dev.runlog.events.log.EventType.WORKER_SPAWNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class FleetFileIT {

  private static final String NIGHT = "supervisor-night";

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void aSupervisorBelowAnotherIsStoppedAndRestartedByThatOneAlone() throws Exception {
    startSupervisor(
        """
        children:
          - role: supervisor
            instance: supervisor-night
            children:
              - role: job
                command: [sh, -c, "exec sleep 600"]
                run: none
        """);
    Events events = fleet.events();
    events.await(WORKER_SPAWNED, concerns("job-1"));

    assertThat(fleet.run(Program.CONSOLE, "stop", NIGHT).exitCode()).isZero();
    events.await(WORKER_EXITED, concerns(NIGHT));
    assertThat(fleet.run(Program.CONSOLE, "restart", NIGHT).exitCode()).isZero();
    events.await(PROCESS_STARTED, event -> event.emitter().instanceId().equals(NIGHT), 2);

    assertThat(events.all(WORKER_SPAWNED).stream().filter(concerns(NIGHT)))
        .as("starts of the supervisor below: the first, and the one that was asked for")
        .hasSize(2);
    assertThat(events.all(CONTROL_OBEYED))
        .extracting(event -> event.emitter().instanceId())
        .containsExactly("supervisor-main", "supervisor-main");
  }

  @Test
  void aWrappedProgramThatDoesNotEndInItsGraceIsGoneBeforeItsSuccessorStarts() throws Exception {
    Path pids = fleet.directory().resolve("pids");
    startSupervisor(
        """
        children:
          - role: deaf
            command: [sh, -c, "trap '' TERM; echo $$ >>%s; while :; do sleep 0.1; done"]
            grace: 500ms
        """
            .formatted(pids));
    Events events = fleet.events();
    events.await(PROCESS_STARTED, event -> event.emitter().role().equals("deaf"));
    long first = awaitLine(pids, 0);

    assertThat(fleet.run(Program.CONSOLE, "restart", "deaf-1").exitCode()).isZero();
    long second = awaitLine(pids, 1);

    assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).as("the first").isEmpty();
    assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isPresent();
    assertThat(events.all(WORKER_EXITED)).hasSize(1);
  }

  private void startSupervisor(String file) throws IOException {
    Path path = Files.writeString(fleet.directory().resolve("fleet.yaml"), file);
    fleet.startSupervisor("--fleet", path.toString());
  }

  private static Predicate<Event> concerns(String instanceId) {
    return event -> Events.payload(event).path("worker_instance_id").asText().equals(instanceId);
  }

  /** The pid in a line of a file that its program writes. */
  private static long awaitLine(Path file, int number) throws Exception {
    long deadline = System.nanoTime() + Events.PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > number && !lines.get(number).isBlank()) {
          return Long.parseLong(lines.get(number).strip());
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(file + " never had line " + number);
  }
}
