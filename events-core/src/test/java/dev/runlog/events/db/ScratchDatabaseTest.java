package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.payload.ProcessStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDatabaseTest {

  @TempDir Path directory;

  @Test
  void isACopyOfAFileThatGoesAway() {
    DatabaseSettings original =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS);
    addEvent(original);
    Path copy;
    try (ScratchDatabase scratch = ScratchDatabase.like(original)) {
      copy = scratch.settings().file().orElseThrow();
      assertThat(eventsIn(scratch.settings())).isEqualTo(1);
      addEvent(scratch.settings());
      assertThat(eventsIn(scratch.settings())).isEqualTo(2);
    }
    assertThat(Files.exists(copy)).isFalse();
    assertThat(eventsIn(original)).isEqualTo(1);
  }

  @Test
  void isASchemaOfItsOwnOnAServer() {
    DatabaseSettings original = new PostgresDatabase().settings();
    addEvent(original);
    try (ScratchDatabase scratch = ScratchDatabase.like(original)) {
      assertThat(scratch.settings().location()).contains("currentSchema=runlog_scratch_");
      addEvent(scratch.settings());
      assertThat(eventsIn(scratch.settings())).isEqualTo(1);
    }
    assertThat(eventsIn(original)).isEqualTo(1);
  }

  private static void addEvent(DatabaseSettings settings) {
    try (Database database = Database.open(settings)) {
      new EventLog(database, InstantSource.system())
          .start(Optional.empty(), "W00001", "worker", new ProcessStarted("1", 1, "h", "17", 0));
    }
  }

  private static long eventsIn(DatabaseSettings settings) {
    try (Database database = Database.open(settings)) {
      return new EventQuery(database).after(0, 100).size();
    }
  }
}
