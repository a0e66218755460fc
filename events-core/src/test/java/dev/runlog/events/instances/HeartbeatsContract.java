package dev.runlog.events.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.StoreContract;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cases of {@link Heartbeats} on every store. */
abstract class HeartbeatsContract extends StoreContract {

  private Heartbeats heartbeats;

  @BeforeEach
  void listen() {
    heartbeats = new Heartbeats(database, clock);
  }

  @Test
  void changeWithEachBeatOfARun() {
    heartbeats.beat(run(1));
    heartbeats.beat(run(1));
    heartbeats.beat(run(2));

    assertThat(heartbeats.all()).isEqualTo(Map.of(run(1), 2L, run(2), 1L));
  }

  @Test
  void endWithTheRun() {
    heartbeats.beat(run(1));
    heartbeats.beat(run(2));

    heartbeats.end(run(1));
    heartbeats.end(run(3));

    assertThat(heartbeats.all()).containsOnlyKeys(run(2));
  }
}
