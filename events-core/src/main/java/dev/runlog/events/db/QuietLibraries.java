package dev.runlog.events.db;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps the progress reports of the libraries below away from people; their warnings stay. A level
 * that the application has set is left alone.
 */
final class QuietLibraries {

  /** Held here, because the log manager forgets the level of a logger that nobody holds. */
  private static final List<Logger> LOGGERS =
      Stream.of("org.flywaydb", "org.jooq").map(Logger::getLogger).toList();

  private QuietLibraries() {}

  static void apply() {
    LOGGERS.stream()
        .filter(logger -> logger.getLevel() == null)
        .forEach(logger -> logger.setLevel(Level.WARNING));
  }
}
