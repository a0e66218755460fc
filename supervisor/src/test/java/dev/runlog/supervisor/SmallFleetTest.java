package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.slot.SlotSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor with real child processes, small ones: the rules of a slot need no JVM in it. */
@Timeout(60)
abstract class SmallFleetTest {

  @TempDir Path directory;

  protected EmbeddedRun run;

  @BeforeEach
  void prepareRun() {
    run = new EmbeddedRun(directory.resolve("runlog.db"));
  }

  /** Runs the supervisor until a fact is in the table, then asks it to end. */
  protected int whileRunning(Supervisor supervisor, RunContext context, Predicate<Event> until)
      throws InterruptedException {
    Thread watcher =
        new Thread(
            () -> {
              EventFeed feed = EventFeed.after(context.database(), 0);
              while (feed.next(Duration.ofSeconds(30)).stream().noneMatch(until)) {
                // The next events may tell it.
              }
              context.shutdown().request("seen");
            });
    watcher.start();
    int exitCode = supervisor.run();
    watcher.join();
    return exitCode;
  }

  protected <T> List<T> payloads(EventType type, Class<T> payload) {
    DatabaseSettings settings =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS);
    try (Database database = Database.openReadOnly(settings)) {
      return new EventQuery(database)
          .ofType(type).stream()
              .map(event -> Json.read(event.payload().orElseThrow(), payload))
              .collect(Collectors.toList());
    }
  }

  /** Whether so many children were started, and none of them is there any more. */
  protected void assertNoneIsLeft(int started) {
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class))
        .hasSize(started)
        .allSatisfy(
            spawned ->
                assertThat(ProcessHandle.of(spawned.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty());
  }

  protected static boolean isFirstSpawn(Event event) {
    return isSpawnOf("W00001", 0, event);
  }

  protected static boolean isSpawnOf(String instanceId, int restartCount, Event event) {
    return event.is(EventType.WORKER_SPAWNED)
        && event.payload().orElseThrow().contains("\"restart_count\":" + restartCount)
        && event.payload().orElseThrow().contains(instanceId);
  }

  /** A program that is no run. */
  protected SlotSpec program(String instanceId, String script) {
    return shell(instanceId, script).withBootTimeout(Optional.empty());
  }

  protected SlotSpec shell(String instanceId, String script) {
    return new SlotSpec(
        instanceId, "worker", List.of("sh", "-c", script), Map.of(), log(instanceId));
  }

  protected Path log(String instanceId) {
    return directory.resolve(instanceId + ".log");
  }
}
