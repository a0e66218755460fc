package dev.runlog.llm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts the calls under way, so that closing can refuse new ones and wait until the others have
 * logged their end. Thread-safe.
 */
final class CallsUnderWay {

  private int calls;
  private boolean closed;

  /** Notes a new call; false when the client is closed, and nothing is noted. */
  synchronized boolean begin() {
    if (closed) {
      return false;
    }
    calls++;
    return true;
  }

  synchronized void end() {
    calls--;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Refuses new calls and ends all pauses. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits for the duration, or until the client is closed. */
  synchronized void pause(Duration duration) throws InterruptedException {
    long deadline = System.nanoTime() + duration.toNanos();
    while (!closed && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }

  /** Waits until no call is under way; gives up after the patience. */
  synchronized void awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (calls > 0 && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }
}
