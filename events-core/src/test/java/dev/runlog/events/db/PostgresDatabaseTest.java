package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Test
  void createsTheGivenEventsTableColumnForColumn() {
    try (Database database = postgres.open()) {
      String columns =
          database.read(
              sql ->
                  sql.fetch(
                          "SELECT column_name, data_type, is_nullable FROM information_schema.columns"
                              + " WHERE table_name = 'events' ORDER BY ordinal_position")
                      .formatCSV(false));
      assertThat(columns)
          .isEqualToIgnoringNewLines(
              """
              id,bigint,NO
              timestamp,bigint,NO
              run_id,bigint,NO
              parent_run_id,bigint,YES
              instance_id,text,NO
              role,text,NO
              event_type,text,NO
              payload,text,YES
              """);
    }
  }

  @Test
  void hasTheSameMigrationsAsSqlite() throws IOException {
    assertThat(migrations("postgresql")).isEqualTo(migrations("sqlite"));
  }

  @Test
  void letsManyProcessesCreateTheSameTablesAtOnce() throws Exception {
    DatabaseSettings empty =
        new DatabaseSettings(PostgresServer.require().newDatabase(), Durability.POWER);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Database>> opened = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        opened.add(threads.submit(() -> Database.open(empty)));
      }
      for (Future<Database> database : opened) {
        database.get().close();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Database database = Database.openReadOnly(empty)) {
      assertThat(database.<Integer>read(sql -> sql.fetchCount(sql.selectOne().from("events"))))
          .isZero();
    }
  }

  @Test
  void undoesOnlyTheWorkThatFails() throws Exception {
    try (Database database = postgres.open()) {
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Future<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 160; i++) {
        String name = "instance-" + i;
        boolean fails = i % 4 == 0;
        writes.add(threads.submit(() -> database.write(tx -> insertInstance(tx, name, fails))));
      }
      int refused = 0;
      for (Future<Integer> write : writes) {
        refused += isRefused(write) ? 1 : 0;
      }
      threads.shutdown();
      assertThat(refused).isEqualTo(40);
      assertThat(Rows.instances(database)).hasSize(120);
    }
  }

  @Test
  void reportsAViolatedConstraintAndGoesOn() {
    try (Database database = postgres.open()) {
      database.write(tx -> insertInstance(tx, "W00001", false));
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> database.write(tx -> insertInstance(tx, "W00001", false)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
          .withMessageContaining("duplicate key")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
      assertThat(database.<Integer>write(tx -> insertInstance(tx, "W00002", false))).isEqualTo(1);
    }
  }

  @Test
  void losesOnlyTheBadEventOfABatch() throws Exception {
    try (Database database = postgres.open()) {
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Future<Long>> inserts = new ArrayList<>();
      for (int i = 0; i < 160; i++) {
        // PostgreSQL's text holds no NUL.
        String instance = i % 10 == 0 ? "bad\0" : "good";
        inserts.add(threads.submit(() -> database.insertEvent(Rows.startOf(instance))));
      }
      int refused = 0;
      for (Future<Long> insert : inserts) {
        refused += isRefused(insert) ? 1 : 0;
      }
      threads.shutdown();
      assertThat(refused).isEqualTo(16);
      assertThat(Rows.eventIds(database)).hasSize(144).doesNotHaveDuplicates();
    }
  }

  @Test
  void refusesWritesWhereItOnlyReads() {
    postgres.open().close();
    try (Database reader = Database.openReadOnly(postgres.settings())) {
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> reader.write(tx -> 1))
          .withMessageContaining("opened for reading only");
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> reader.read(sql -> sql.execute("DELETE FROM events")))
          .withMessageContaining("read-only");
    }
  }

  private static List<String> migrations(String store) throws IOException {
    Path folder = Path.of("src/main/resources/dev/runlog/events/db/migration", store);
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static boolean isRefused(Future<?> write) throws InterruptedException {
    try {
      write.get();
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static int insertInstance(Transaction transaction, String name, boolean fails) {
    int inserted = Rows.insertInstance(transaction, name);
    if (fails) {
      throw new IllegalStateException("refused by the work itself");
    }
    return inserted;
  }
}
