package dev.runlog.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.process.settings.KnownSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process loads until its first event is committed, which decides how soon that is. */
@Timeout(120)
class StartPathTest {

  /** A program that is gone as soon as it is a run. */
  static final class Gone {
    public static void main(String[] args) {
      new ProcessStartup(
              Executable.numberedWorker("worker").printingEvents(),
              Surroundings.ofThisProcess(System.getenv()))
          .run(
              context -> {
                Runtime.getRuntime().halt(ExitCode.OK);
                return ExitCode.OK;
              });
    }
  }

  @TempDir Path directory;

  @Test
  void leadsToTheFirstEventWithoutJooqAndFlyway() throws Exception {
    Path file = directory.resolve("runlog.db");
    Path loaded = directory.resolve("loaded.txt");
    DatabaseSettings settings = new DatabaseSettings(file.toString(), Durability.PROCESS);
    Database.open(settings).close();

    Map<String, String> env =
        Map.of(
            KnownSettings.DB,
            file.toString(),
            "JAVA_TOOL_OPTIONS",
            "-Xlog:class+load:file=" + loaded);
    assertThat(TestJvm.start(env, Gone.class).waitFor()).isEqualTo(ExitCode.OK);

    try (Database database = Database.openReadOnly(settings)) {
      assertThat(new EventQuery(database).ofType(EventType.PROCESS_STARTED)).hasSize(1);
    }
    List<String> lines = Files.readAllLines(loaded);
    assertThat(lines).anyMatch(line -> line.contains(" dev.runlog.events.log.EventLog "));
    assertThat(lines)
        .noneMatch(line -> line.contains(" org.jooq.impl."))
        .noneMatch(line -> line.contains(" org.flywaydb.core.Flyway "));
  }
}
