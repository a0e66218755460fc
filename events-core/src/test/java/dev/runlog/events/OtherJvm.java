package dev.runlog.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of the test's own that runs a class of the tests. Closing it kills it. */
public final class OtherJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private OtherJvm(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  public static OtherJvm start(Class<?> main, String... args) throws IOException {
    return new OtherJvm(
        new ProcessBuilder(command(main, args))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The command line that {@link #start} uses. */
  public static List<String> command(Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** Waits for a line of its standard output. */
  public void awaitLine(String expected) throws IOException {
    for (String line = out.readLine(); !expected.equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IllegalStateException("it ended without the line '" + expected + "'");
      }
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends its standard input. */
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Waits for the end and returns the exit code. */
  public int awaitEnd() {
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
