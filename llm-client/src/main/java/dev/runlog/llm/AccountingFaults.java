package dev.runlog.llm;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Keeps faults of the accounting away from calls that are somebody else's. Thread-safe. */
final class AccountingFaults {

  private final Logger logger;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param logger told of the first fault as a warning, of later ones at level DEBUG
   */
  AccountingFaults(Logger logger) {
    this.logger = logger;
  }

  /** Runs a part of the accounting, whether that works or not. */
  void kept(Runnable accounting) {
    var unused =
        kept(
            () -> {
              accounting.run();
              return true;
            });
  }

  /** The same with what it returns; absent when it fails. */
  <T> Optional<T> kept(Supplier<T> accounting) {
    try {
      return Optional.of(accounting.get());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      logger.log(
          told.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG,
          "account for a model call: " + e + "; the call goes on, its events are missing",
          e);
      return Optional.empty();
    }
  }
}
