package dev.runlog.process.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends a process with its parent. The parent holds the other end of this process's standard input
 * and never writes to it; however the parent dies, the operating system closes that end.
 *
 * <p>Whoever starts a process by other means than {@code ChildProcess} and passes its own
 * environment on must give it a standard input that stays open, or take RUNLOG_LIFELINE out.
 */
public final class Lifeline {

  private Lifeline() {}

  /** Asks for the end with the reason {@code parent_gone} as soon as the stream ends. */
  public static void watch(InputStream lifeline, Shutdown shutdown) {
    Thread watcher =
        new Thread(
            () -> {
              readToEnd(lifeline);
              shutdown.request(Shutdown.PARENT_GONE);
            },
            "runlog-lifeline");
    watcher.setDaemon(true);
    watcher.start();
  }

  /**
   * Waits for the end of a stream; one that can no longer be read is as good as ended, nobody holds
   * the line.
   *
   * @return the bytes that came, which mean nothing; -1 when reading failed
   */
  private static long readToEnd(InputStream lifeline) {
    try {
      return lifeline.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return -1;
    }
  }
}
