package dev.runlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyMainTest {

  private static final String HELLO =
      "{\"id\":\"a\",\"endpoint\":\"chat.completions\",\"model\":\"gpt-4o-2024-08-06\","
          + "\"request\":{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]},"
          + "\"prompt_tokens\":8,\"category\":\"plain\",\"countable\":true}\n";

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsOneJsonObjectACallAndNothingElse() throws IOException {
    assertThat(run(HELLO + "\n{\"id\":\"b\",\"request\":{}}\n", "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "{\"id\":\"a\",\"estimate\":8,\"reported\":8,\"exactness\":\"exact\"}",
            "{\"id\":\"b\",\"estimate\":null,\"reported\":null,\"exactness\":\"approximate\",\"failure\":"
                + "\"dev.runlog.llm.tokens.UncountableException: the request names no model\"}");
  }

  @Test
  void printsATableForPeople() throws IOException {
    assertThat(run(HELLO)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("by category", "plain", "gpt-4o ", "chat.completions", "100.0 %", "0.00 %");
  }

  @Test
  void namesTheLineThatCannotBeRead() throws IOException {
    assertThat(run(HELLO + "{\"id\":")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("calls.jsonl").contains("line 2");
    assertThat(out.size()).isZero();
  }

  @Test
  void saysWhichFileIsNotThere() {
    assertThat(run(new String[] {directory.resolve("none").toString()})).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("NoSuchFileException");
  }

  @Test
  void refusesToRunWithoutAFile() {
    assertThat(run(new String[0])).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("FILE").contains("--help");
  }

  private int run(String recordings, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("calls.jsonl"), recordings);
    String[] args = java.util.Arrays.copyOf(options, options.length + 1);
    args[options.length] = file.toString();
    return run(args);
  }

  private int run(String[] args) {
    return AccuracyMain.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
