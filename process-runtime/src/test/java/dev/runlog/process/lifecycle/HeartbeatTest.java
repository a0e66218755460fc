package dev.runlog.process.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.log.RunId;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HeartbeatTest {

  @TempDir Path directory;

  @Test
  void beatsAtOnceAndAgainAndLeavesNothingBehind() {
    DatabaseSettings settings =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS);
    try (Database database = Database.open(settings)) {
      Heartbeats heartbeats = new Heartbeats(database, InstantSource.system());
      Heartbeat heartbeat = Heartbeat.start(heartbeats, new RunId(7));
      while (heartbeats.all().getOrDefault(new RunId(7), 0L) < 2) {
        Thread.onSpinWait();
      }

      heartbeat.close();

      assertThat(heartbeats.all()).isEmpty();
    }
  }
}
