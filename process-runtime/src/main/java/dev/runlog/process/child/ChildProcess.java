package dev.runlog.process.child;

import dev.runlog.process.settings.KnownSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process from its start to its end. Its standard input is a pipe that this process holds
 * and writes to only to give a spare its role: the child's lifeline, which ends with this process
 * at the latest. Standard output and error go, merged, to the log file of the command; the last 4
 * KiB stay in memory. Thread-safe. There is nothing to close; the log file is closed at the end of
 * the output.
 */
public final class ChildProcess {

  private static final int TAIL_BYTES = 4096;

  /**
   * A grandchild may hold the output open after the child is gone; the exit must not wait on it.
   */
  private static final Duration LONGEST_WAIT_FOR_OUTPUT = Duration.ofMillis(500);

  private final Process process;
  private final Instant startedAt;
  private final OutputTail tail;
  private final OutputPump output;
  private final CompletableFuture<ChildExit> exit;
  private volatile long countsSinceNanos;

  private ChildProcess(
      Process process, Instant startedAt, OutputPump output, OutputTail tail, long startNanos) {
    this.process = process;
    this.startedAt = startedAt;
    this.output = output;
    this.tail = tail;
    this.countsSinceNanos = startNanos;
    this.exit = exitOf(tail);
  }

  /**
   * Starts a child with the default limits on its log file.
   *
   * @throws ChildStartException when it cannot be started; the message says why
   */
  public static ChildProcess spawn(ChildCommand command) {
    return spawn(command, LogLimits.DEFAULT);
  }

  /**
   * Starts a child.
   *
   * @throws ChildStartException when it cannot be started; the message says why
   */
  public static ChildProcess spawn(ChildCommand command, LogLimits limits) {
    RotatingFile log = openLog(command, limits);
    long startNanos = System.nanoTime();
    Process process = start(command, log);
    Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
    OutputTail tail = new OutputTail(TAIL_BYTES);
    OutputPump output = OutputPump.start(process, command.instanceId(), log, tail);
    return new ChildProcess(process, startedAt, output, tail, startNanos);
  }

  /** Process id of the child; it counts only together with {@link #startedAt}. */
  public long pid() {
    return process.pid();
  }

  /** When the operating system started the child. */
  public Instant startedAt() {
    return startedAt;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The end of what it printed so far, at most 4 KiB. */
  public String outputTail() {
    return tail.text();
  }

  /**
   * Completed when the child has ended and its output is read, at most half a second later. What is
   * attached runs on a thread of the common pool unless it names another executor.
   */
  public CompletableFuture<ChildExit> onExit() {
    return exit.copy();
  }

  /**
   * Makes a child that was started as a spare the child of a command: it is told the variables in
   * one line of JSON on its lifeline, which stays open, and its output goes on in the log file of
   * the command. Its uptime counts from here.
   *
   * @throws ChildStartException when it cannot be told, since it has ended; nothing was changed
   */
  public void become(ChildCommand command) {
    RotatingFile log = openLog(command, LogLimits.DEFAULT);
    try {
      output.goOnIn(log, () -> tell(SpareRole.toLine(command.env())));
    } catch (IOException e) {
      closeQuietly(log, e);
      throw ChildStartException.of(command.instanceId(), command.command(), e);
    }
    countsSinceNanos = System.nanoTime();
  }

  private void tell(String line) throws IOException {
    OutputStream lifeline = process.getOutputStream();
    lifeline.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    lifeline.flush();
  }

  /** Asks the child to end, by SIGTERM; does nothing once it has ended. */
  public void terminate() {
    // Not Process.destroy(): that would also close the pipes, and with them the lifeline and the
    // output of a child that is still draining.
    process.toHandle().destroy();
  }

  /**
   * Asks a JVM for a thread dump, by SIGQUIT; it goes to its output. Most other programs end by
   * that signal, so only ask one that is to be ended anyway.
   */
  public void dumpThreads() {
    SignalSender.send("SIGQUIT", pid());
  }

  /**
   * Ends the child at once, by SIGKILL, with all that it has started: what a killed wrapper leaves
   * behind would live on beside its successor. Does nothing once the child has ended.
   */
  public void kill() {
    KilledTree.kill(process);
  }

  /**
   * Lets go of the lifeline, which a child that watches it takes for the end of its parent. Does
   * nothing the second time.
   */
  public void closeLifeline() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("close the lifeline of pid " + pid(), e);
    }
  }

  private static RotatingFile openLog(ChildCommand command, LogLimits limits) {
    try {
      return RotatingFile.open(command.logFile(), limits);
    } catch (IOException e) {
      throw ChildStartException.noLogFile(command, e);
    }
  }

  private static Process start(ChildCommand command, RotatingFile log) {
    ProcessBuilder builder = new ProcessBuilder(List.copyOf(command.command()));
    // The run of this process is not the child's.
    builder.environment().remove(KnownSettings.RUN_ID);
    builder.environment().putAll(command.env());
    try {
      return builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      closeQuietly(log, e);
      throw ChildStartException.of(command.instanceId(), command.command(), e);
    }
  }

  private CompletableFuture<ChildExit> exitOf(OutputTail tail) {
    return process
        .onExit()
        .thenApply(ended -> Duration.ofNanos(System.nanoTime() - countsSinceNanos))
        .thenCompose(uptime -> outputRead(output.finished()).thenApply(ignored -> uptime))
        .thenApply(uptime -> ChildExit.of(process.exitValue(), uptime, tail.text()));
  }

  private static CompletableFuture<Void> outputRead(CompletableFuture<Void> output) {
    return output
        .copy()
        .completeOnTimeout(null, LONGEST_WAIT_FOR_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void closeQuietly(RotatingFile log, IOException because) {
    try {
      log.close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}
