package dev.runlog.process.lifecycle;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What signals mean: the first one asks for the end, a later one skips the drain. One that follows
 * at once means nothing, as it is mostly the same wish told twice: Ctrl-C goes to parent and child
 * alike, and then the parent tells its child as well.
 */
final class SignalRequests {

  static final Duration SAME_WISH = Duration.ofSeconds(2);

  private final Shutdown shutdown;
  private final LongSupplier nanoTime;
  private OptionalLong firstNanos = OptionalLong.empty();

  SignalRequests(Shutdown shutdown, LongSupplier nanoTime) {
    this.shutdown = shutdown;
    this.nanoTime = nanoTime;
  }

  synchronized void received(String signal) {
    long now = nanoTime.getAsLong();
    if (firstNanos.isEmpty()) {
      firstNanos = OptionalLong.of(now);
      shutdown.request(signal);
    } else if (now - firstNanos.getAsLong() >= SAME_WISH.toNanos()) {
      shutdown.hurry();
    }
  }
}
