package dev.runlog.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each comparison runs to its end; what it measures at these sizes means nothing. */
class BenchMainTest {

  private static final long ROWS = 40_000;

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "append", "threads", "rows", "c", "loggers", "age", "bytes", "queries", "subtree", "tokens",
        "feed", "tasks", "claim"
      })
  void printsARatio(String benchmark) throws Exception {
    int exitCode =
        run(
            benchmark,
            "--rounds",
            "1",
            "--millis",
            "20",
            "--rows",
            Long.toString(ROWS),
            "--dir",
            directory.toString());

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).containsAnyOf(" = ", "skipped", "≤");
  }

  @Test
  void listsTheBenchmarks() throws Exception {
    assertThat(run("list")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines()).contains("append", "threads", "postgres");
  }

  @Test
  void namesTheBenchmarksToWhoeverAsksForAnotherOne() throws Exception {
    assertThat(run("speed")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("append | threads | rows");
  }

  @Test
  void saysWhichOptionItDoesNotKnow() throws Exception {
    assertThat(run("append", "--fast", "yes")).isEqualTo(ExitCode.USAGE);
    assertThat(run("append", "--rows", "many")).isEqualTo(ExitCode.USAGE);
    assertThat(run("append", "--rows")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .contains(
            "--fast: no such option",
            "--rows: 'many' is not a number",
            "--rows: the value is missing");
  }

  private int run(String... args) throws Exception {
    return BenchMain.run(
        new ArrayList<>(List.of(args)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}
