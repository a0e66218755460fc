package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.CuttingProxy.Cut;
import dev.runlog.events.db.DatabaseException.Kind;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDatabaseTest {

  private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/]+):(\\d+)/");

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
      assertThat(instances(database)).hasSize(120);
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
        inserts.add(threads.submit(() -> database.insertEvent(row(instance))));
      }
      int refused = 0;
      for (Future<Long> insert : inserts) {
        refused += isRefused(insert) ? 1 : 0;
      }
      threads.shutdown();
      assertThat(refused).isEqualTo(16);
      assertThat(eventIds(database)).hasSize(144).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Cut.class, mode = EnumSource.Mode.EXCLUDE, names = "NOWHERE")
  void writesAnEventOnceWhenTheAnswerToItsCommitIsLost(Cut cut) throws Exception {
    Matcher server = HOST_AND_PORT.matcher(postgres.url());
    assertThat(server.find()).isTrue();
    try (CuttingProxy proxy = new CuttingProxy(server.group(1), Integer.parseInt(server.group(2)));
        Database database = Database.open(through(proxy))) {
      // The driver sends the text of COMMIT only the first time.
      proxy.cutNext(cut);
      long during = database.insertEvent(row("during"));
      long after = database.insertEvent(row("after"));
      assertThat(proxy.hasCut()).isTrue();
      assertThat(eventIds(database)).containsExactly(during, after);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Cut.class, mode = EnumSource.Mode.EXCLUDE, names = "NOWHERE")
  void endsATaskAndClaimsTheNextOnceWhenTheAnswerToTheCommitIsLost(Cut cut) throws Exception {
    Matcher server = HOST_AND_PORT.matcher(postgres.url());
    assertThat(server.find()).isTrue();
    try (CuttingProxy proxy = new CuttingProxy(server.group(1), Integer.parseInt(server.group(2)));
        Database before = postgres.open();
        Database database = Database.open(through(proxy))) {
      EventLog log = new EventLog(before, InstantSource.system());
      Emitter run =
          log.start(
              Optional.empty(), "W00001", "worker", new ProcessStarted("dev", 1, "here", "17", 0));
      TaskQueue queue = new TaskQueue(before, log, InstantSource.system());
      queue.submit(run, List.of(TaskSpec.prompt("a"), TaskSpec.prompt("b"), TaskSpec.prompt("c")));
      Claim first = queue.claimNext(run, Set.of("chat")).orElseThrow();

      // The driver sends the text of COMMIT only the first time, so this is another connection.
      proxy.cutNext(cut);
      Optional<Claim> next =
          new TaskQueue(
                  database, new EventLog(database, InstantSource.system()), InstantSource.system())
              .completeAndClaimNext(run, first, "{}", () -> Set.of("chat"));

      assertThat(proxy.hasCut()).isTrue();
      TaskQuery tasks = new TaskQuery(database);
      assertThat(tasks.counts().of(TaskState.DONE)).isEqualTo(1);
      assertThat(tasks.newest(Set.of(TaskState.CLAIMED), 10))
          .containsExactly(next.orElseThrow().task());
      assertThat(eventTypes(database))
          .containsExactly(
              "process.started",
              "task.submitted",
              "task.submitted",
              "task.submitted",
              "task.claimed",
              "task.done",
              "task.claimed");
    }
  }

  @Test
  void losesNothingAndWritesNothingTwiceWhileTheServerCrashes() throws Exception {
    PostgresServer server = PostgresServer.require();
    int threadCount = 8;
    int perThread = 150;
    try (Database database = postgres.open()) {
      ExecutorService threads = Executors.newFixedThreadPool(threadCount);
      List<Future<List<Long>>> appended = new ArrayList<>();
      for (int i = 0; i < threadCount; i++) {
        String name = "thread-" + i;
        appended.add(
            threads.submit(
                () -> {
                  List<Long> ids = new ArrayList<>();
                  for (int step = 0; step < perThread; step++) {
                    ids.add(database.insertEvent(row(name)));
                    if (name.equals("thread-0") && step % 50 == 10) {
                      server.crash();
                    }
                  }
                  return ids;
                }));
      }
      List<Long> acknowledged = new ArrayList<>();
      for (Future<List<Long>> ids : appended) {
        assertThat(ids.get()).isSorted();
        acknowledged.addAll(ids.get());
      }
      threads.shutdown();
      assertThat(acknowledged).hasSize(threadCount * perThread);
      assertThat(eventIds(database)).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  @Test
  void goesOnWhenItsConnectionsAreTerminated() {
    try (Database database = postgres.open()) {
      long first = database.insertEvent(row("first"));
      assertThat(eventIds(database)).containsExactly(first);
      PostgresServer.require()
          .execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'runlog'");
      assertThat(eventIds(database)).containsExactly(first);
      long second = database.insertEvent(row("second"));
      assertThat(eventIds(database)).containsExactly(first, second);
    }
  }

  @Test
  void doesWorkAgainThatLostItsConnectionHalfWay() {
    try (Database database = postgres.open()) {
      AtomicInteger tries = new AtomicInteger();
      long id =
          database.write(
              transaction -> {
                if (tries.incrementAndGet() == 1) {
                  PostgresServer.require()
                      .execute(
                          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'runlog'");
                }
                return transaction.insertEvent(row("again"));
              });

      assertThat(tries).hasValue(2);
      assertThat(eventIds(database)).containsExactly(id);
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

  @Test
  void refusesTheDatabaseOfAnotherProgram() {
    DatabaseSettings settings =
        new DatabaseSettings(PostgresServer.require().newDatabase(), Durability.POWER);
    assertFails(() -> Database.openReadOnly(settings), Kind.MISCONFIGURED, "no Runlog database");
    PostgresServer.execute(settings.location(), "CREATE TABLE invoices (id INTEGER)");
    assertFails(() -> Database.open(settings), Kind.MISCONFIGURED, "tables of another program");
  }

  @Test
  void saysInOneLineWhyTheServerRefuses() {
    String url = postgres.url();
    assertFails(
        () -> Database.open(as(url, "nobody-here")), Kind.MISCONFIGURED, "refuses this user");
    assertFails(
        () -> Database.open(settings(url.replaceFirst("/runlog_test_\\d+", "/no_such_database"))),
        Kind.MISCONFIGURED,
        "no_such_database");
    assertFails(
        () -> Database.open(settings("jdbc:postgresql://localhost:1/x?user=u&password=hunter2")),
        Kind.UNAVAILABLE,
        "the server cannot be reached");
    assertFails(
        () -> Database.open(settings("jdbc:postgresql://no-such-host.invalid/x")),
        Kind.UNAVAILABLE,
        "the server cannot be reached");
  }

  @Test
  void saysInOneLineThatThePasswordIsWrong() {
    PostgresServer server = PostgresServer.require();
    server.createUserWithPassword("outsider", "right-password");
    String url = postgres.url().replaceFirst("[?].*", "?user=outsider&password=");
    assertFails(
        () -> Database.open(settings(url + "hunter2")),
        Kind.MISCONFIGURED,
        "the server refuses this user or password");
    assertFails(
        () -> Database.openReadOnly(settings(url + "hunter2")),
        Kind.MISCONFIGURED,
        "correct them in RUNLOG_DB, or in PGUSER and PGPASSWORD");
    Database.openReadOnly(settings(url + "right-password")).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/fleet?user=u&password=hunter2",
        "jdbc:postgresql://host/fleet?password=hunter2",
      })
  void neverShowsAPassword(String url) {
    DatabaseSettings settings = settings(url);
    assertThat(settings.description()).isEqualTo("jdbc:postgresql://host/fleet");
    assertThat(settings.toString()).doesNotContain("hunter2");
    assertThat(settings.secrets()).containsExactly("hunter2");
    assertThat(settings.localPath()).hasFileName("fleet");
    assertThat(settings.file()).isEmpty();
    assertThat(new Credentials(Optional.of("u"), Optional.of("hunter2")).toString())
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:postgresql://u:hunter2@host/fleet", "jdbc:postgresql://host:port/fleet"})
  void refusesAUrlThatTheDriverCannotRead(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(url))
        .satisfies(e -> assertThat(e.getMessage()).contains("write jdbc:postgresql://"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  private DatabaseSettings through(CuttingProxy proxy) {
    return settings(
        HOST_AND_PORT.matcher(postgres.url()).replaceFirst("//localhost:" + proxy.port() + "/"));
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, Durability.POWER);
  }

  private static DatabaseSettings as(String url, String user) {
    return settings(url.replaceFirst("user=[^&]*", "user=" + user));
  }

  private static void assertFails(ThrowingCallable opening, Kind kind, String message) {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(opening)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "hunter2"));
  }

  private static List<String> migrations(String store) throws IOException {
    Path folder = Path.of("src/main/resources/dev/runlog/events/db/migration", store);
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static EventRow row(String instance) {
    return new EventRow(
        1_900_000_000_000L,
        Optional.empty(),
        Optional.empty(),
        instance,
        "worker",
        "process.started",
        Optional.empty());
  }

  private static List<Long> eventIds(Database database) {
    return database.read(sql -> sql.fetch("SELECT id FROM events ORDER BY id").into(Long.class));
  }

  private static List<String> eventTypes(Database database) {
    return database.read(
        sql -> sql.fetch("SELECT event_type FROM events ORDER BY id").into(String.class));
  }

  private static List<String> instances(Database database) {
    return database.read(sql -> sql.fetch("SELECT instance_id FROM instances").into(String.class));
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
    int inserted =
        transaction
            .sql()
            .execute(
                "INSERT INTO instances (instance_id, role, created_at) VALUES (?, 'worker', 0)",
                name);
    if (fails) {
      throw new IllegalStateException("refused by the work itself");
    }
    return inserted;
  }
}
