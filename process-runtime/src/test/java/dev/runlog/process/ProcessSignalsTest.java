package dev.runlog.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.process.lifecycle.Grace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real process, real signals. */
@Timeout(120)
class ProcessSignalsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"TERM, SIGTERM, 143", "INT, SIGINT, 130", "HUP, SIGHUP, 129"})
  void logsItsEndAfterASignal(String signal, String reason, int exitCode) throws Exception {
    Process process = start("wait");
    assumeHandled(process, signal, exitCode - 128);
    kill(signal, process);

    assertThat(exitCodeOf(process)).isEqualTo(exitCode);
    assertThat(last().eventType()).isEqualTo("process.stopped");
    assertThat(last().payload().orElseThrow())
        .contains("\"reason\":\"" + reason + "\"", "\"exit_code\":" + exitCode);
  }

  @Test
  void endsWithItsParent() throws Exception {
    Process process = start("wait");
    process.getOutputStream().close();

    assertThat(exitCodeOf(process)).isZero();
    assertThat(last().payload().orElseThrow()).contains("\"reason\":\"parent_gone\"");
  }

  @Test
  void isEndedByForceWhenItHangs() throws Exception {
    Process process = start("hang");
    kill("TERM", process);

    assertThat(exitCodeOf(process)).isEqualTo(143);
    assertThat(last().payload().orElseThrow()).contains("\"reason\":\"SIGTERM, grace exceeded\"");
  }

  private Process start(String what) throws Exception {
    Map<String, String> env =
        Map.of("RUNLOG_DB", database().location(), "RUNLOG_LIFELINE", "stdin");
    Process process = TestJvm.start(env, Program.class, what);
    TestJvm.awaitLine(process, "process.started");
    return process;
  }

  /** Whoever starts the build may have made it ignore a signal for good, as nohup does SIGHUP. */
  private static void assumeHandled(Process process, String signal, int number) throws Exception {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (Files.exists(status)) {
      long ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .findFirst()
              .orElse(0);
      boolean handled = (ignored >> (number - 1) & 1) == 0;
      if (!handled) {
        process.destroyForcibly();
      }
      assumeTrue(handled, "this build runs with SIG" + signal + " ignored (nohup? background?)");
    }
  }

  private static void kill(String signal, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }

  private static int exitCodeOf(Process process) throws Exception {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Event last() {
    try (Database database = Database.openReadOnly(database())) {
      List<Event> last = new EventQuery(database).last(1);
      return last.get(0);
    }
  }

  private DatabaseSettings database() {
    return new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.POWER);
  }

  /** Waits for its end, or refuses it. */
  static final class Program {

    private static final Grace SHORT =
        new Grace(
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(100));

    private Program() {}

    public static void main(String[] args) {
      Executable executable =
          Executable.named("worker", "W00001")
              .printingEvents()
              .withGrace(args[0].equals("hang") ? SHORT : Grace.DEFAULT);
      System.exit(
          new ProcessStartup(executable, Surroundings.ofThisProcess(System.getenv()))
              .run(args[0].equals("hang") ? Program::hang : Program::awaitEnd));
    }

    private static int awaitEnd(RunContext context) throws InterruptedException {
      return context.shutdown().await(Duration.ofMinutes(1)) ? 0 : 1;
    }

    private static int hang(RunContext context) {
      CountDownLatch never = new CountDownLatch(1);
      while (true) {
        try {
          never.await();
        } catch (InterruptedException e) {
          System.out.println(context.instanceId() + " does not care");
        }
      }
    }
  }
}
