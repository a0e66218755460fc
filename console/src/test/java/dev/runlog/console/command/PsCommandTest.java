package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.process.HostName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PsCommandTest extends ConsoleTest {

  @Test
  void showsWhatRunsBelowWhatStartedIt() {
    fleet.log(
        fleet.supervisor,
        "worker.crashed",
        Map.of("worker_run_id", fleet.second.runId().value(), "worker_instance_id", "W00002"));
    fleet.submit("hello");
    fleet.call(fleet.first, 10, 2000, 30);
    fleet.claim(fleet.first);

    assertThat(run("ps").lines())
        .map(line -> line.replaceAll(" (\\d+ ms|[\\d.]+ [smhd]( \\d\\d [smh])?)\\b", " T"))
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "RUN INSTANCE STATE UPTIME IN OUT MEMORY CPU TASK",
            "1 supervisor-main running T 0 0 - - -",
            "├─ 2 W00001 running T 2,000 30 - - 1 chat T",
            "└─ - W00002 stopped - 0 0 - - -");
  }

  @Test
  void tellsWhatItsSupervisorDoesAboutAChildThatIsGone() {
    report("worker.spawned", "W00003", Map.of());
    report("worker.crashed", "W00004", Map.of("restart_delay_ms", 400));
    report("worker.crashed", "W00005", Map.of());
    report("worker.gave_up", "W00005", Map.of());

    assertThat(run("ps").out())
        .containsPattern("W00003 +starting")
        .containsPattern("W00004 +backoff")
        .containsPattern("W00005 +fatal");
  }

  @Test
  void measuresProcessesOfThisMachine() {
    Instant startedAt = ProcessHandle.current().info().startInstant().orElseThrow();
    start(startedAt);

    var own = Json.readObject(run("ps", "--json").lines().get(3));

    assertThat(own.path("state").asText()).isEqualTo("running");
    assertThat(own.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(own.path("cpu_cores").isNumber()).isTrue();
    if (System.getProperty("os.name").equals("Linux")) {
      assertThat(own.path("resident_bytes").asLong()).isGreaterThan(10_000_000);
    }
  }

  @Test
  void knowsThatAPidIsAnotherProcessByNow() {
    start(Instant.now().minus(Duration.ofDays(300)));

    var other = Json.readObject(run("ps", "--json").lines().get(3));

    assertThat(other.path("state").asText()).isEqualTo("gone");
    assertThat(other.path("resident_bytes").isNull()).isTrue();
  }

  @Test
  void saysThatNothingRuns() {
    for (Emitter run : new Emitter[] {fleet.first, fleet.second, fleet.supervisor}) {
      fleet.log(run, "process.stopped", Map.of("exit_code", 0));
    }

    assertThat(run("ps"))
        .isEqualTo(new Outcome(0, "nothing runs; 'runlog up' starts a fleet\n", ""));
  }

  private void report(String type, String instance, Map<String, Object> more) {
    Map<String, Object> payload = new java.util.HashMap<>(more);
    payload.put("worker_instance_id", instance);
    fleet.log(fleet.supervisor, type, payload);
  }

  /** A run that this JVM would be if it had started then. */
  private void start(Instant startedAt) {
    new EventLog(fleet.database(), InstantSource.system())
        .start(
            Optional.empty(),
            "own",
            "tool",
            new ProcessStarted(
                "dev",
                ProcessHandle.current().pid(),
                HostName.ofThisMachine(),
                "17",
                startedAt.toEpochMilli()));
  }
}
