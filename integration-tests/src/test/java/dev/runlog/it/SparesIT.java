package dev.runlog.it;

import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static dev.runlog.events.log.EventType.WORKER_CRASHED;
import static dev.runlog.events.log.EventType.WORKER_SPAWNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Pid;
import dev.runlog.it.kit.RunningProcess;
import dev.runlog.process.child.WorkerOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class SparesIT {

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void aSpareBecomesTheWorkerThatDied() throws Exception {
    RunningProcess supervisor =
        fleet
            .callingModelAt("http://127.0.0.1:9/v1")
            .startSupervisor("--workers", "1", "--spares", "1");
    Events events = fleet.events();
    Event first = events.await(PROCESS_STARTED, SparesIT::isWorker);
    long spare = awaitSpareOf(supervisor);

    Pid.of(first).kill();
    Event second =
        events.await(
            PROCESS_STARTED, start -> isWorker(start) && start.id().value() > first.id().value());

    assertThat(Pid.of(second).value()).isEqualTo(spare);
    assertThat(second.emitter().instanceId()).isEqualTo(first.emitter().instanceId());
    assertThat(second.emitter().parentRunId()).isEqualTo(first.emitter().parentRunId());
    Event crashed = events.await(WORKER_CRASHED);
    assertThat(Events.payload(crashed).path("restart_delay_ms").asLong()).isZero();
    assertThat(events.await(WORKER_SPAWNED, 2))
        .extracting(spawned -> Events.payload(spawned).path("worker_instance_id").asText())
        .containsOnly("W00001");
    assertThat(logOf(first)).contains("run " + second.runId());

    supervisor.kill();
    Pid.of(second).awaitGone(Duration.ofSeconds(5));
  }

  private String logOf(Event worker) throws Exception {
    Path logs = fleet.directory().resolve("runlog.db.logs");
    return Files.readString(logs.resolve(worker.emitter().instanceId() + ".log"));
  }

  private static boolean isWorker(Event start) {
    return start.emitter().role().equals("worker");
  }

  /** It is in no table yet, so the operating system must tell. */
  private static long awaitSpareOf(RunningProcess supervisor) {
    Optional<Long> spare = Optional.empty();
    while (spare.isEmpty()) {
      Thread.onSpinWait();
      spare =
          ProcessHandle.of(supervisor.pid())
              .orElseThrow()
              .children()
              .filter(child -> child.info().commandLine().orElse("").endsWith(WorkerOption.SPARE))
              .map(ProcessHandle::pid)
              .findFirst();
    }
    return spare.get();
  }
}
