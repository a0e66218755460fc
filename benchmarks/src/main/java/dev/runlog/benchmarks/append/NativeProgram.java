package dev.runlog.benchmarks.append;

import dev.runlog.events.db.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The same inserts in C on the libsqlite3 of this machine. */
final class NativeProgram {

  private static final String SOURCE = "append.c";
  private static final int LONGEST_COMPILATION_SECONDS = 60;

  private final Path executable;

  private NativeProgram(Path executable) {
    this.executable = executable;
  }

  /** Compiles it; empty where there is no C compiler or no libsqlite3 with its header. */
  static Optional<NativeProgram> compiledIn(Path directory)
      throws IOException, InterruptedException {
    Path source = directory.resolve(SOURCE);
    try (InputStream text = NativeProgram.class.getResourceAsStream(SOURCE)) {
      if (text == null) {
        throw new IllegalStateException(SOURCE + " is missing in the jar");
      }
      Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
    }
    Path executable = directory.resolve("append");
    return isDone("cc", "-O2", "-o", executable.toString(), source.toString(), "-lsqlite3")
        ? Optional.of(new NativeProgram(executable))
        : Optional.empty();
  }

  /**
   * Appends for a while.
   *
   * @param file with the tables
   * @param batch events a transaction
   * @return events a second
   */
  double eventsPerSecond(Path file, Durability durability, int batch, Duration duration)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                executable.toString(),
                file.toString(),
                durability == Durability.POWER ? "FULL" : "NORMAL",
                Integer.toString(batch),
                Long.toString(duration.toMillis()),
                SampleEvent.TYPE,
                SampleEvent.JSON));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          executable + " ended with " + process.exitValue() + "; it says why above");
    }
    return Double.parseDouble(answer.strip());
  }

  private static boolean isDone(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(LONGEST_COMPILATION_SECONDS, TimeUnit.SECONDS)
          && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // There is no such command.
    }
  }
}
