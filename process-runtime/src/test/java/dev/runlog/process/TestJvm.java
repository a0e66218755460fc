package dev.runlog.process;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real JVMs that run a class of the tests. */
public final class TestJvm {

  private TestJvm() {}

  /** Starts the main of a class; its standard output and error are merged. */
  public static Process start(Class<?> main, String... args) throws IOException {
    return start(Map.of(), main, args);
  }

  public static Process start(Map<String, String> env, Class<?> main, String... args)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(main, args)).redirectErrorStream(true);
    builder.environment().putAll(env);
    return builder.start();
  }

  public static List<String> command(Class<?> main, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** Reads the output up to a line that holds the text, and returns all that came. */
  public static String awaitLine(Process process, String text) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder read = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        return read.toString();
      }
    }
    return fail("the process ended without printing '%s', but:%n%s", text, read);
  }
}
