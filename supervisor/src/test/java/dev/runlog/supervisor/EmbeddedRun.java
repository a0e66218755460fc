package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a supervisor's main as a run of its own inside the test's JVM. */
public final class EmbeddedRun {

  private final Map<String, String> env;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public EmbeddedRun(Path database) {
    this.env = Map.of("RUNLOG_DB", database.toString(), "RUNLOG_DURABILITY", "process");
  }

  /** Runs to the end; returns the exit code. */
  public int run(ProcessMain main) {
    Surroundings surroundings =
        Surroundings.embedded(env).withErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    return new ProcessStartup(Executable.named("supervisor", "supervisor-main"), surroundings)
        .run(main);
  }

  /** Runs what must end well. */
  public void succeed(Consumer<RunContext> what) {
    int exitCode =
        run(
            context -> {
              what.accept(context);
              return ExitCode.OK;
            });
    assertThat(exitCode).as(err()).isZero();
  }

  /** What was printed to standard error. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
