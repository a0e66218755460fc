package dev.runlog.process.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that stands in for this process: it has the same standard input, output and error.
 * Thread-safe. There is nothing to close.
 */
public final class ForegroundProgram {

  private static final Path OWN_STATUS = Path.of("/proc/self/stat");
  private static final int PROCESS_GROUP = 2;
  private static final int GROUP_OF_THE_TERMINAL = 5;

  private final Process process;

  private ForegroundProgram(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param instanceId long-lived name, for the message when it fails
   * @param command the program and its arguments, passed on as they are, without a shell
   * @param env variables that are set beside, or instead of, those of this process
   * @throws ChildStartException when it cannot be started; the message says why
   */
  public static ForegroundProgram start(
      String instanceId, List<String> command, Map<String, String> env) {
    ProcessBuilder builder = new ProcessBuilder(List.copyOf(command)).inheritIO();
    builder.environment().putAll(env);
    try {
      return new ForegroundProgram(builder.start());
    } catch (IOException e) {
      throw ChildStartException.of(instanceId, command, e);
    }
  }

  /** Waits for its end; returns the exit code, 128 plus the number of a signal that ended it. */
  public int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * Passes a signal on that this process got. A Ctrl-C or a hang-up of a terminal that both have
   * reached the program already.
   *
   * @param signal such as {@code SIGTERM}
   */
  public void pass(String signal) {
    boolean isOfTerminal = signal.equals("SIGINT") || signal.equals("SIGHUP");
    if (isOfTerminal && isInForeground()) {
      return;
    }
    if (!isOfTerminal || !SignalSender.send(signal, process.pid())) {
      process.toHandle().destroy();
    }
  }

  /** Ends it at once, by SIGKILL, with all that it has started. */
  public void kill() {
    KilledTree.kill(process);
  }

  /** Whether a terminal has this process's group in its foreground, as proc(5) tells it. */
  private static boolean isInForeground() {
    try {
      String status = Files.readString(OWN_STATUS);
      String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
      return fields[PROCESS_GROUP].equals(fields[GROUP_OF_THE_TERMINAL]);
    } catch (IOException e) {
      // Without /proc nobody can tell; a signal too many is better than one that is lost.
      return false;
    }
  }
}
