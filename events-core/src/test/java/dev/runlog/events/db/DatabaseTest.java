package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {

  private static final EventRow START = Rows.startOf("W00001");

  @TempDir Path directory;

  @Test
  void createsTheGivenEventsTableColumnForColumn() {
    try (Database database = open("runlog.db")) {
      String columns =
          database.read(
              sql ->
                  sql.fetch("SELECT name, type, \"notnull\", pk FROM pragma_table_info('events')")
                      .formatCSV(false));
      assertThat(columns)
          .isEqualToIgnoringNewLines(
              """
              id,INTEGER,0,1
              timestamp,INTEGER,1,0
              run_id,INTEGER,1,0
              parent_run_id,INTEGER,0,0
              instance_id,TEXT,1,0
              role,TEXT,1,0
              event_type,TEXT,1,0
              payload,TEXT,0,0
              """);
    }
  }

  @Test
  void knowsTheVersionThatItsMigrationsProduce() throws IOException {
    Path migrations = Path.of("src/main/resources/dev/runlog/events/db/migration/sqlite");
    try (var files = Files.list(migrations)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("V[0-9]+__.+\\.sql"))
          .map(name -> Integer.valueOf(name.substring(1, name.indexOf('_'))))
          .contains(SchemaVersion.CURRENT)
          .allMatch(version -> version <= SchemaVersion.CURRENT);
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void opensItsWriterInWalModeAndSyncsAsAsked(Durability durability) {
    DatabaseSettings settings =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), durability);
    try (Database database = Database.open(settings)) {
      int synchronous =
          database.write(tx -> tx.sql().fetchSingle("PRAGMA synchronous").get(0, Integer.class));
      String journal =
          database.write(tx -> tx.sql().fetchSingle("PRAGMA journal_mode").get(0, String.class));
      assertThat(journal).isEqualTo("wal");
      assertThat(synchronous).isEqualTo(durability == Durability.POWER ? 2 : 1);
    }
  }

  @Test
  void letsManyProcessesCreateTheSameDatabaseAtOnce() throws Exception {
    int openers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(openers);
    CountDownLatch together = new CountDownLatch(openers);
    try {
      List<Future<Database>> opened = new ArrayList<>();
      for (int i = 0; i < openers; i++) {
        opened.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return open("runlog.db");
                }));
      }
      for (Future<Database> database : opened) {
        database.get().close();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(directory.resolve("runlog.db")).exists();
  }

  @Test
  void writesThroughTwoPathsToOneFile() throws Exception {
    Files.createSymbolicLink(directory.resolve("linked"), directory);
    int perPath = 200;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Database direct = open("runlog.db");
        Database linked = open("linked/runlog.db")) {
      List<Future<Integer>> writers = new ArrayList<>();
      for (Database database : List.of(direct, linked)) {
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < perPath; i++) {
                    database.insertEvent(START);
                  }
                  return perPath;
                }));
      }
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).isEqualTo(perPath);
      }
      assertThat(Rows.eventIds(direct)).hasSize(2 * perPath).isEqualTo(Rows.eventIds(linked));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void undoesOnlyTheWorkThatFails() {
    try (Database database = open("runlog.db")) {
      database.write(tx -> Rows.insertInstance(tx, "good"));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  database.write(
                      tx -> {
                        Rows.insertInstance(tx, "half-written");
                        throw new IllegalArgumentException("refused by the work itself");
                      }))
          .withMessage("refused by the work itself");
      assertThat(Rows.instances(database)).containsExactly("good");
    }
  }

  @Test
  void reportsAViolatedConstraintAndGoesOn() {
    try (Database database = open("runlog.db")) {
      database.write(tx -> Rows.insertInstance(tx, "W00001"));
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> database.write(tx -> Rows.insertInstance(tx, "W00001")))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
          .withMessageContaining("UNIQUE");
      assertThat(database.<Integer>write(tx -> Rows.insertInstance(tx, "W00002"))).isEqualTo(1);
    }
  }

  @Test
  void refusesAWriteInsideAWrite() {
    try (Database database = open("runlog.db")) {
      assertThatThrownBy(() -> database.write(outer -> database.write(inner -> 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("use the transaction that is at hand");
    }
  }

  @Test
  void reportsAFullDiskAndWritesAgainWhenThereIsSpace() {
    try (Database database = open("runlog.db")) {
      database.write(tx -> Rows.insertInstance(tx, "acknowledged"));
      database.writeOneStatement(tx -> tx.sql().fetch("PRAGMA max_page_count = 1"));
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> database.write(tx -> Rows.insertInstance(tx, "x".repeat(200_000))))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .withMessageContaining("the disk is full");
      database.writeOneStatement(tx -> tx.sql().fetch("PRAGMA max_page_count = 1000000"));
      database.write(tx -> Rows.insertInstance(tx, "afterwards"));
      assertThat(Rows.instances(database)).containsExactlyInAnyOrder("acknowledged", "afterwards");
    }
  }

  @Test
  void reportsAFullDiskToALoneEventToo() {
    try (Database database = open("runlog.db")) {
      long run = database.insertEvent(START);
      database.writeOneStatement(tx -> tx.sql().fetch("PRAGMA max_page_count = 1"));
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> database.insertEvent(eventOf(run, "x".repeat(200_000))))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .withMessageContaining("the disk is full");
      database.writeOneStatement(tx -> tx.sql().fetch("PRAGMA max_page_count = 1000000"));
      long next = database.insertEvent(eventOf(run, "{}"));
      assertThat(Rows.eventIds(database)).containsExactly(run, next);
    }
  }

  @Test
  void writesTheEventOfAnInterruptedThreadOnceTheLockIsFree() throws Exception {
    Path file = directory.resolve("runlog.db");
    try (Database database = open("runlog.db");
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      long run = database.insertEvent(START);
      statement.execute("BEGIN IMMEDIATE");
      CountDownLatch interrupted = new CountDownLatch(1);
      CompletableFuture<Boolean> isStillInterrupted = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                interrupted.countDown();
                database.insertEvent(eventOf(run, "{}"));
                isStillInterrupted.complete(Thread.interrupted());
              });
      caller.start();
      interrupted.await();
      caller.interrupt();
      statement.execute("COMMIT");
      assertThat(isStillInterrupted).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
      long next = database.insertEvent(eventOf(run, "{}"));
      assertThat(Rows.eventIds(database)).containsExactly(run, run + 1, next);
    }
  }

  @Test
  void writesWhatIsQueuedBeforeItCloses() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> writes = new ArrayList<>();
    Database database = open("runlog.db");
    try {
      for (int i = 0; i < 200; i++) {
        String name = "instance-" + i;
        writes.add(threads.submit(() -> database.write(tx -> Rows.insertInstance(tx, name))));
      }
      for (Future<Integer> write : writes) {
        write.get();
      }
    } finally {
      database.close();
      threads.shutdownNow();
    }
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> database.write(tx -> 1))
        .withMessageContaining("closed in this process");
    try (Database reopened = open("runlog.db")) {
      assertThat(
              reopened.<Integer>read(sql -> sql.fetch("SELECT instance_id FROM instances").size()))
          .isEqualTo(200);
    }
  }

  @Test
  void keepsWhatIsQueuedWhenTheDatabaseStaysLocked() throws Exception {
    Path file = directory.resolve("runlog.db");
    SqliteStore impatient =
        new SqliteStore(file, Durability.PROCESS, Duration.ofSeconds(1), WriteTurns.BY_DEFAULT);
    int count = WriteQueue.LARGEST_BATCH + 100;
    try (Database database = Database.open(impatient, file);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      List<CompletableFuture<Long>> writes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        writes.add(database.insertEventAsync(START));
      }
      assertThat(writes.get(0))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(DatabaseException.class)
          .withMessageMatching(
              "(?s).*write \\d+ waiting change\\(s\\) \\(\\d+ more stay queued\\):"
                  + " the database stayed locked for 1000 ms; nothing was written.*");
      statement.execute("COMMIT");

      List<Long> written =
          writes.stream()
              .map(write -> write.exceptionally(failure -> 0L).join())
              .filter(id -> id > 0)
              .toList();
      assertThat(written).isNotEmpty().hasSizeLessThan(count);
      assertThat(Rows.eventIds(database)).isEqualTo(written);
    }
  }

  @Test
  void neitherCreatesNorWritesWhenItOnlyReads() {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> Database.openReadOnly(settings("runlog.db")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .withMessageContaining("there is no database");
    assertThat(directory).isEmptyDirectory();

    open("runlog.db").close();
    try (Database reader = Database.openReadOnly(settings("runlog.db"))) {
      assertThat(
              reader.<Integer>read(
                  sql -> sql.fetchSingle("SELECT count(*) FROM events").get(0, Integer.class)))
          .isZero();
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> reader.write(tx -> 1))
          .withMessageContaining("opened for reading only");
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> reader.read(sql -> sql.execute("DELETE FROM events")))
          .withMessageContaining("read-only");
    }
  }

  @Test
  void seesOneSnapshotInARead() {
    try (Database database = open("runlog.db")) {
      List<Integer> counts =
          database.read(
              sql -> {
                int before =
                    sql.fetchSingle("SELECT count(*) FROM instances").get(0, Integer.class);
                database.write(tx -> Rows.insertInstance(tx, "meanwhile"));
                int after = sql.fetchSingle("SELECT count(*) FROM instances").get(0, Integer.class);
                return List.of(before, after);
              });
      assertThat(counts).containsExactly(0, 0);
    }
  }

  private Database open(String file) {
    return Database.open(settings(file));
  }

  private DatabaseSettings settings(String file) {
    return new DatabaseSettings(directory.resolve(file).toString(), Durability.PROCESS);
  }

  private static EventRow eventOf(long run, String payload) {
    return new EventRow(
        START.timestampMillis(),
        Optional.of(run),
        Optional.empty(),
        START.instanceId(),
        START.role(),
        "note.taken",
        Optional.of(payload));
  }
}
