package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.UserEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final int PAGE_BYTES = 4096;
  private static final int PAGES_AN_EVENT = 20;
  private static final Emitter WORKER =
      new Emitter(new RunId(1), Optional.empty(), "W00001", "worker");

  @TempDir private Path directory;

  @Test
  void theLogOfAWriterThatNeverRestsStartsAgainAndAgain() throws IOException {
    int written = 10 * CheckpointRule.LONG_PAGES;
    try (Database database = open()) {
      write(database, written);

      assertThat(pagesOfLog())
          .as("of %d pages that were written", written)
          .isLessThan(3 * CheckpointRule.LONG_PAGES);
    }
  }

  @Test
  void severalProcessesKeepTheLogShortTogether() throws IOException {
    List<Database> processes = List.of(open(), open(), open());
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (Database process : processes) {
      writers.add(CompletableFuture.runAsync(() -> write(process, 4 * CheckpointRule.LONG_PAGES)));
    }
    writers.forEach(CompletableFuture::join);

    assertThat(pagesOfLog()).isLessThan(3 * CheckpointRule.LONG_PAGES);
    processes.forEach(Database::close);
  }

  @Test
  void writersGoOnWhileAReaderKeepsTheLogFromBeingCopied() throws SQLException {
    try (Database database = open();
        Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = reader.createStatement()) {
      write(database, CheckpointRule.DUE_PAGES);
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM events").close();

      write(database, 2 * CheckpointRule.LONG_PAGES);
      statement.execute("COMMIT");
      write(database, CheckpointRule.DUE_PAGES);

      String check =
          database.read(sql -> sql.fetchSingle("PRAGMA integrity_check").get(0, String.class));
      assertThat(check).isEqualTo("ok");
    }
  }

  @Test
  void noThreadIsLeftOfAClosedDatabase() {
    for (int i = 0; i < 5; i++) {
      Database database = open();
      write(database, CheckpointRule.DUE_PAGES + PAGES_AN_EVENT * 10);
      database.close();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("runlog-checkpoints"));
  }

  private Database open() {
    return Database.open(new DatabaseSettings(file().toString(), Durability.PROCESS));
  }

  private Path file() {
    return directory.resolve("runlog.db");
  }

  private static void write(Database database, int pages) {
    EventLog log = new EventLog(database, InstantSource.system());
    UserEvent event =
        new UserEvent("page.written", Map.of("text", "x".repeat(PAGES_AN_EVENT * PAGE_BYTES)));
    for (int i = 0; i < pages / PAGES_AN_EVENT; i++) {
      log.append(WORKER, event);
    }
  }

  /** SQLite writes the log over from its beginning, so this is as long as it ever was. */
  private long pagesOfLog() throws IOException {
    return Files.size(directory.resolve("runlog.db-wal")) / PAGE_BYTES;
  }
}
