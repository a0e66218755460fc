package dev.runlog.events.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.UserEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalLimitTest {

  private static final long MEBIBYTE = 1024 * 1024;
  private static final Emitter WORKER =
      new Emitter(new RunId(1), Optional.empty(), "W00001", "worker");

  @TempDir private Path directory;

  private Database database;

  @BeforeEach
  void open() {
    database = SqliteStore.open(directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void emptiesALogThatIsTooLong() throws IOException {
    write(5);
    assertThat(walBytes()).isGreaterThan(3 * MEBIBYTE);

    assertThat(new WalLimit(database, 100 * MEBIBYTE).enforce()).isFalse();
    assertThat(new WalLimit(database, MEBIBYTE).enforce()).isTrue();

    assertThat(walBytes()).isZero();
  }

  @Test
  void boundsTheLogWhileThereIsNoMomentWithoutReaders() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Database others = SqliteStore.open(directory)) {
      Relay relay = new Relay(others);
      Future<?> one = threads.submit(relay::run);
      Future<?> other = threads.submit(relay::run);
      WalLimit limit = new WalLimit(database, 8 * MEBIBYTE);
      long longest = 0;
      for (int i = 0; i < 60; i++) {
        write(1);
        limit.enforce();
        longest = Math.max(longest, walBytes());
      }
      relay.end();
      one.get();
      other.get();

      assertThat(longest).isLessThan(16 * MEBIBYTE);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void waitsForNoReaderForLong() {
    write(3);
    try (Database other = SqliteStore.open(directory)) {
      boolean emptied =
          other.read(
              sql -> {
                sql.fetch("SELECT count(*) FROM events");
                write(3);
                return new WalLimit(database, MEBIBYTE).enforce();
              });

      assertThat(emptied).isFalse();
      assertThat(new WalLimit(database, MEBIBYTE).enforce()).isTrue();
    }
  }

  /** Readers in turns, each of which ends its snapshot only once the next one has begun. */
  private static final class Relay {

    private final Database database;
    private long begun;
    private boolean isEnded;

    Relay(Database database) {
      this.database = database;
    }

    @Nullable Void run() {
      while (!isEnded()) {
        database.read(this::readUntilAnotherBegins);
      }
      return null;
    }

    synchronized void end() {
      isEnded = true;
      notifyAll();
    }

    private boolean readUntilAnotherBegins(DSLContext sql) {
      sql.fetch("SELECT max(id) FROM events");
      return awaitTheNext();
    }

    private synchronized boolean awaitTheNext() {
      long mine = ++begun;
      notifyAll();
      try {
        while (begun == mine && !isEnded) {
          wait();
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private synchronized boolean isEnded() {
      return isEnded;
    }
  }

  private void write(int mebibytes) {
    EventLog log = new EventLog(database, InstantSource.system());
    String text = "x".repeat((int) MEBIBYTE / 2);
    for (int i = 0; i < 2 * mebibytes; i++) {
      log.append(WORKER, new UserEvent("text.seen", Map.of("text", text)));
    }
  }

  private long walBytes() throws IOException {
    return Files.size(directory.resolve("runlog.db-wal"));
  }
}
