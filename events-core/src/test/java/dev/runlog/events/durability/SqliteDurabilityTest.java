package dev.runlog.events.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runlog.events.OtherJvm;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class SqliteDurabilityTest {

  private static final Duration BETWEEN_BLOWS = Duration.ofMillis(400);

  private final Torture torture = new Torture();

  @TempDir Path directory;

  @Test
  void losesNothingAcknowledgedWhileProcessesAreKilled() throws Exception {
    DatabaseSettings settings = database(Durability.PROCESS);
    List<Step> acknowledged;
    try (Appenders appenders = Appenders.start(8, settings, directory)) {
      for (int kill = 0; kill < torture.rounds(20, 200); kill++) {
        torture.awaitRandomMoment(BETWEEN_BLOWS);
        appenders.killAndReplace(torture.oneOf(appenders.count()));
      }
      appenders.awaitMore(100);
      appenders.end();
      acknowledged = appenders.acknowledged();
    }
    assertSoundAndHolding(settings, acknowledged);
  }

  @Test
  void keepsWhatWasAcknowledgedBeforeThePowerFailed() throws Exception {
    DatabaseSettings settings = database(Durability.POWER);
    List<DatabaseSettings> copies = new ArrayList<>();
    List<List<Step>> acknowledged = new ArrayList<>();
    try (Appenders appenders = Appenders.start(3, settings, directory)) {
      for (int copy = 0; copy < torture.rounds(5, 100); copy++) {
        torture.awaitRandomMoment(BETWEEN_BLOWS);
        appenders.freeze();
        acknowledged.add(appenders.acknowledged());
        copies.add(copy(settings, directory.resolve("copy-" + copy)));
        appenders.thaw();
      }
      appenders.end();
    }
    for (int i = 0; i < copies.size(); i++) {
      assertSoundAndHolding(copies.get(i), acknowledged.get(i));
    }
  }

  @Test
  void refusesOnAFullDiskKeepsAllAndResumesWhenThereIsSpace() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount"));
    command.addAll(
        List.of("sh", "-c", "mount -t tmpfs -o size=6m tmpfs \"$0\" || exit 1; exec \"$@\""));
    command.add(directory.toString());
    command.addAll(OtherJvm.command(DiskFiller.class, directory.toString()));
    Process filler = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = filler.inputReader(StandardCharsets.UTF_8).lines().toList();
    requireMounted(lines);
    assertThat(filler.waitFor()).isZero();
    assertThat(lines)
        .hasSize(4)
        .containsSequence(DiskFiller.KEPT_ALL, DiskFiller.RESUMED)
        .element(1)
        .asString()
        .startsWith(DiskFiller.REFUSED)
        .contains("the disk is full; nothing was written, what was acknowledged stays");
  }

  private static void requireMounted(List<String> lines) {
    boolean isMounted = lines.contains(DiskFiller.STARTED);
    if (!"true".equals(System.getenv("RUNLOG_REQUIRE_ALL"))) {
      assumeTrue(isMounted, "this user cannot mount a small disk with unshare(1)");
    }
    assertThat(isMounted).as("mounted: %s", lines).isTrue();
  }

  private DatabaseSettings database(Durability durability) {
    DatabaseSettings settings =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), durability);
    Database.open(settings).close();
    return settings;
  }

  /**
   * The file and its write-ahead log, as they would be found after a power failure at this moment.
   * Another process copies: to close a descriptor of the file would drop the locks of a JVM that
   * has it open.
   */
  private static DatabaseSettings copy(DatabaseSettings settings, Path to)
      throws IOException, InterruptedException {
    String file = settings.location();
    Files.createDirectory(to);
    Process cp = new ProcessBuilder("cp", file, file + "-wal", to.toString()).inheritIO().start();
    assertThat(cp.waitFor()).isZero();
    return new DatabaseSettings(to.resolve("runlog.db").toString(), settings.durability());
  }

  private static void assertSoundAndHolding(DatabaseSettings settings, List<Step> acknowledged) {
    assertThat(acknowledged).isNotEmpty();
    try (Database database = Database.open(settings)) {
      String verdict =
          database.read(sql -> sql.fetchSingle("PRAGMA integrity_check").get(0, String.class));
      assertThat(verdict).isEqualTo("ok");
      WrittenSteps.of(database).assertHold(acknowledged);
    }
  }
}
