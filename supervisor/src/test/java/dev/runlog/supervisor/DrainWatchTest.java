package dev.runlog.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.TaskKinds;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainWatchTest {

  private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Duration time = Duration.ZERO;
  private Database database;
  private TaskQueue queue;
  private TaskKinds kinds;
  private Emitter console;
  private DrainWatch watch;

  @BeforeEach
  void open() {
    String file = directory.resolve("runlog.db").toString();
    database = Database.open(new DatabaseSettings(file, Durability.PROCESS));
    EventLog log = new EventLog(database, () -> NOW);
    queue = new TaskQueue(database, log, () -> NOW);
    kinds = new TaskKinds(database, log, () -> NOW);
    console =
        log.start(Optional.empty(), "console", "console", new ProcessStarted("1", 1, "", "", 0));
    watch =
        new DrainWatch(
            new TaskQuery(database),
            kinds,
            () -> NOW,
            () -> time.toNanos(),
            new PrintStream(err, true, UTF_8));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void namesThePausedKindOnceAMinute() {
    kinds.pause(console, "chat");
    submit("chat", Optional.empty());
    for (int second = 0; second < 70; second++) {
      assertThat(isDrainedAt(second)).isFalse();
    }

    assertThat(lines())
        .hasSize(2)
        .containsOnly(
            "runlog: --drain waits for 1 queued task(s) of the kind chat, which is paused;"
                + " 'runlog tasks resume chat' lets it go on, 'runlog tasks cancel ID' drops a task");
  }

  @Test
  void saysWhenATaskIsDueAndThatNobodyTakesAnother() {
    submit("nightly", Optional.of(NOW.plusSeconds(3600)));
    submit("unheard-of", Optional.empty());
    isDrainedAt(0);
    isDrainedAt(5);

    assertThat(lines())
        .containsExactly(
            "runlog: --drain waits for 1 queued task(s) of the kind nightly,"
                + " the first of which is due at 2030-01-31T13:00:00Z",
            "runlog: --drain waits for 1 queued task(s) of the kind unheard-of,"
                + " which nobody takes; is there a worker for this kind?");
  }

  @Test
  void isSilentWhileSomebodyWorksAndOnceAllIsDone() {
    submit("chat", Optional.empty());
    submit("chat", Optional.empty());
    var claim = queue.claimNext(console, List.of("chat")).orElseThrow();
    isDrainedAt(0);
    isDrainedAt(100);
    queue.complete(console, claim, "{}");
    queue.complete(console, queue.claimNext(console, List.of("chat")).orElseThrow(), "{}");

    assertThat(isDrainedAt(200)).isTrue();
    assertThat(lines()).isEmpty();
  }

  private boolean isDrainedAt(int second) {
    time = Duration.ofSeconds(second);
    return watch.isDrained();
  }

  private List<String> lines() {
    return err.toString(UTF_8).lines().toList();
  }

  private void submit(String kind, Optional<Instant> runAt) {
    queue.submit(console, List.of(new TaskSpec(kind, "{}", 0, runAt, Optional.empty(), 3)));
  }
}
