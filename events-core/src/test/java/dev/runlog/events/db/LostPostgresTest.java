package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.CuttingProxy.Cut;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when the connection or the server goes away. */
class LostPostgresTest {

  private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/]+):(\\d+)/");

  private final PostgresDatabase postgres = new PostgresDatabase();

  @ParameterizedTest
  @EnumSource(value = Cut.class, mode = EnumSource.Mode.EXCLUDE, names = "NOWHERE")
  void writesAnEventOnceWhenTheAnswerToItsCommitIsLost(Cut cut) throws Exception {
    Matcher server = HOST_AND_PORT.matcher(postgres.url());
    assertThat(server.find()).isTrue();
    try (CuttingProxy proxy = new CuttingProxy(server.group(1), Integer.parseInt(server.group(2)));
        Database database = Database.open(through(proxy))) {
      // The driver sends the text of COMMIT only the first time.
      proxy.cutNext(cut);
      long during = database.insertEvent(Rows.startOf("during"));
      long after = database.insertEvent(Rows.startOf("after"));
      assertThat(proxy.hasCut()).isTrue();
      assertThat(Rows.eventIds(database)).containsExactly(during, after);
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
                    ids.add(database.insertEvent(Rows.startOf(name)));
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
      assertThat(Rows.eventIds(database)).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  @Test
  void goesOnWhenItsConnectionsAreTerminated() {
    try (Database database = postgres.open()) {
      long first = database.insertEvent(Rows.startOf("first"));
      assertThat(Rows.eventIds(database)).containsExactly(first);
      PostgresServer.require()
          .execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'runlog'");
      assertThat(Rows.eventIds(database)).containsExactly(first);
      long second = database.insertEvent(Rows.startOf("second"));
      assertThat(Rows.eventIds(database)).containsExactly(first, second);
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
                return transaction.insertEvent(Rows.startOf("again"));
              });

      assertThat(tries).hasValue(2);
      assertThat(Rows.eventIds(database)).containsExactly(id);
    }
  }

  private DatabaseSettings through(CuttingProxy proxy) {
    return settings(
        HOST_AND_PORT.matcher(postgres.url()).replaceFirst("//localhost:" + proxy.port() + "/"));
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, Durability.POWER);
  }

  private static List<String> eventTypes(Database database) {
    return database.read(
        sql -> sql.fetch("SELECT event_type FROM events ORDER BY id").into(String.class));
  }
}
