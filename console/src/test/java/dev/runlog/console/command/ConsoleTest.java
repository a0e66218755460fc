package dev.runlog.console.command;

import dev.runlog.console.command.ConsoleSession.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fleet and a console on the same database file. */
abstract class ConsoleTest {

  static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");

  @TempDir Path directory;
  Path file;
  Fleet fleet;
  ConsoleSession console;

  @BeforeEach
  void startAFleet() {
    file = directory.resolve("runlog.db");
    fleet = new Fleet(file, InstantSource.fixed(NOW));
    console = new ConsoleSession(file);
  }

  @AfterEach
  void endTheFleet() {
    fleet.close();
  }

  Outcome run(String... args) {
    return console.run(args);
  }
}
