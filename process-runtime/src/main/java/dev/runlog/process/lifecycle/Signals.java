package dev.runlog.process.lifecycle;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into a request to end. A second one at least 2 s after the first
 * skips the drain. Closing puts back what handled the signals before. There is one set of handlers
 * a JVM, so only the owner of the whole process should install this.
 */
public final class Signals implements AutoCloseable {

  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private final List<JvmSignals.Previous> previous = new ArrayList<>();

  private Signals() {}

  /**
   * Handles the signals from now on.
   *
   * @throws UnsupportedOperationException when this JVM cannot, as under {@code -Xrs}
   */
  public static Signals install(Shutdown shutdown) {
    SignalRequests requests = new SignalRequests(shutdown, System::nanoTime);
    Signals signals = new Signals();
    for (String name : NAMES) {
      signals.previous.add(JvmSignals.handle(name, requests::received));
    }
    return signals;
  }

  @Override
  public void close() {
    previous.forEach(JvmSignals.Previous::restore);
  }
}
