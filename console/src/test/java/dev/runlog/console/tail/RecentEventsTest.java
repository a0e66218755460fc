package dev.runlog.console.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.UserEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentEventsTest {

  @TempDir private Path directory;

  @Test
  void findsRareEventsFarBack() {
    try (Database database = open()) {
      EventLog log = new EventLog(database, InstantSource.system());
      log.logEvent(1, null, "a", "worker", "rare.seen", null);
      log.logEvent(1, null, "a", "worker", "rare.seen", null);
      appendMany(database, log, 5000);

      assertThat(ids(database, 5002, 5, "rare.*")).containsExactly(1L, 2L);
      assertThat(ids(database, 5002, 1, "rare.*")).containsExactly(2L);
      assertThat(ids(database, 5002, 3, "*")).containsExactly(5000L, 5001L, 5002L);
      assertThat(ids(database, 100, 2, "*")).containsExactly(99L, 100L);
      assertThat(ids(database, 5002, 3, "never.*")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "task.*, task.done, true",
    "task.*, tasks.done, false",
    "*.failed, llm_call.failed, true",
    "task.don?, task.done, true",
    "task.done, task_done, false",
    "*, anything.at_all, true",
    "[a-z], a, false"
  })
  void matchesWholeNames(String glob, String name, boolean matches) {
    assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
  }

  private static List<Long> ids(Database database, long upTo, int limit, String glob) {
    EventFilter filter = new EventFilter(Optional.of(new Glob(glob)), Optional.empty());
    return new RecentEvents(new EventQuery(database))
        .upTo(upTo, limit, filter).stream().map(event -> event.id().value()).toList();
  }

  private static void appendMany(Database database, EventLog log, int events) {
    Emitter emitter = new Emitter(new RunId(1), Optional.empty(), "a", "worker");
    EventId last =
        database.write(
            transaction -> {
              for (int i = 1; i < events; i++) {
                log.append(transaction, emitter, new UserEvent("often.seen", Map.of()));
              }
              return log.append(transaction, emitter, new UserEvent("often.seen", Map.of()));
            });
    assertThat(last.value()).isEqualTo(2 + events);
  }

  private Database open() {
    return Database.open(
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS));
  }
}
