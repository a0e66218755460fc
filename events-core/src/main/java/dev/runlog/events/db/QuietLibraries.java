package dev.runlog.events.db;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps the progress reports of the libraries below away from people, and warnings that only repeat
 * what an exception says. A level that the application has set is left alone.
 */
final class QuietLibraries {

  /** Held here, because the log manager forgets the level of a logger that nobody holds. */
  private static final List<Logger> REPORTING = loggers("org.flywaydb");

  private static final List<Logger> REPEATING = loggers("org.jooq", "org.postgresql");

  private QuietLibraries() {}

  static void apply() {
    quieten(REPORTING, Level.WARNING);
    quieten(REPEATING, Level.SEVERE);
  }

  private static void quieten(List<Logger> loggers, Level level) {
    loggers.stream()
        .filter(logger -> logger.getLevel() == null)
        .forEach(logger -> logger.setLevel(level));
  }

  private static List<Logger> loggers(String... names) {
    return Stream.of(names).map(Logger::getLogger).toList();
  }
}
