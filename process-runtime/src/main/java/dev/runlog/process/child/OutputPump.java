package dev.runlog.process.child;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what a child prints, so that it never blocks on a full pipe, into its log file and into the
 * tail in memory. A log file that cannot be written stops neither the child nor the tail.
 */
final class OutputPump {

  private static final int CHUNK_BYTES = 8192;

  private final Process process;
  private final String instanceId;
  private final OutputTail tail;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private RotatingFile log;
  private boolean logBroken;

  private OutputPump(Process process, String instanceId, RotatingFile log, OutputTail tail) {
    this.process = process;
    this.instanceId = instanceId;
    this.log = log;
    this.tail = tail;
  }

  /**
   * Starts reading on a daemon thread of its own.
   *
   * @param log is closed at the end of the output
   */
  static OutputPump start(Process process, String instanceId, RotatingFile log, OutputTail tail) {
    OutputPump pump = new OutputPump(process, instanceId, log, tail);
    Thread thread = new Thread(pump::run, "runlog-output-" + instanceId);
    thread.setDaemon(true);
    thread.start();
    return pump;
  }

  /** Completed at the end of the output. */
  CompletableFuture<Void> finished() {
    return finished;
  }

  /** What makes the child print for somebody else. */
  interface Change {
    void make() throws IOException;
  }

  /**
   * Goes on in another file, which is closed at the end of the output, with all that the child
   * prints after a change.
   *
   * @throws IOException when the change failed; then nothing goes on elsewhere
   */
  synchronized void goOnIn(RotatingFile other, Change change) throws IOException {
    // Under the lock, since the child may print before this thread goes on.
    change.make();
    closeLog();
    log = other;
    logBroken = false;
  }

  private void run() {
    try {
      copyToEnd();
      // When a process ends, the JDK empties its pipe into memory and swaps the stream below us.
      // What it took while we were blocked on the pipe is found by reading once more after the end.
      process.onExit().join();
      copyToEnd();
    } finally {
      closeLog();
      finished.complete(null);
    }
  }

  private void copyToEnd() {
    InputStream output = process.getInputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int length = read(output, chunk); length >= 0; length = read(output, chunk)) {
      tail.write(chunk, length);
      writeLog(chunk, length);
    }
  }

  /** The JDK closes the stream below a reader when the process ends; that is an end like any. */
  private static int read(InputStream output, byte[] chunk) {
    try {
      return output.read(chunk);
    } catch (IOException e) {
      return -1;
    }
  }

  private synchronized void writeLog(byte[] chunk, int length) {
    try {
      log.write(chunk, length);
      logBroken = false;
    } catch (IOException e) {
      complain(e);
    }
  }

  private synchronized void closeLog() {
    try {
      log.close();
    } catch (IOException e) {
      complain(e);
    }
  }

  /** Once for each time that the file breaks; a full disk would repeat itself with every line. */
  private void complain(IOException e) {
    if (!logBroken) {
      logBroken = true;
      System.err.println(
          "runlog: output of "
              + instanceId
              + " is not written to its log file: "
              + e.getMessage()
              + "; the process goes on, its output is lost until the file can be written again");
    }
  }
}
