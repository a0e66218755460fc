package dev.runlog.it.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that a test started; what it prints goes to files. Thread-safe. Whoever starts it ends
 * it.
 */
public final class RunningProcess {

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private RunningProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a process in a directory.
   *
   * @param name of the files of its output
   * @param env its whole environment
   */
  static RunningProcess start(
      String name, List<String> command, Map<String, String> env, Path directory) {
    Path out = directory.resolve(name + ".out");
    Path err = directory.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(List.copyOf(command))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(env);
    try {
      return new RunningProcess(name, builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException("start " + name, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    // Not Process.destroy(), which would also close its standard input.
    process.toHandle().destroy();
  }

  /** Sends SIGINT, as Ctrl-C does. */
  public void interrupt() throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("send SIGINT to " + name, e);
    }
  }

  /** Sends SIGKILL. */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Waits for the end; returns whether it came in time. */
  public boolean endsWithin(Duration within) throws InterruptedException {
    return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits for the end, which must come. */
  public Outcome awaitEnd() throws InterruptedException {
    if (!endsWithin(Events.PATIENCE)) {
      throw new AssertionError(
          name + " did not end within " + Events.PATIENCE.toSeconds() + " s" + output());
    }
    return new Outcome(process.exitValue(), lines(out), lines(err));
  }

  /** Ends it and all processes below it, and waits until they are gone. */
  void killTree() throws InterruptedException {
    List<ProcessHandle> tree =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle handle : tree) {
      handle.onExit().join();
    }
  }

  /** All that it printed so far, for the message of a failure. */
  String output() {
    return "%n--- %s (pid %d, %s), standard output:%n%s%n--- standard error:%n%s%n"
        .formatted(
            name,
            pid(),
            isAlive() ? "running" : "exit code " + process.exitValue(),
            String.join("\n", lines(out)),
            String.join("\n", lines(err)));
  }

  private static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }
}
