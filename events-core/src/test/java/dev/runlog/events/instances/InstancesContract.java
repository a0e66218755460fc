package dev.runlog.events.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.StoreContract;
import dev.runlog.events.db.Database;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

abstract class InstancesContract extends StoreContract {

  @Test
  void givesOutSequentialNamesEachOnce() {
    Instances instances = new Instances(database, clock);
    assertThat(instances.nextWorker()).isEqualTo("W00001");
    assertThat(instances.slotsOf("supervisor-main", "worker", 2))
        .containsExactly("W00002", "W00003");
    assertThat(instances.nextWorker()).isEqualTo("W00004");
  }

  @Test
  void keepsTheNamesOfSlotsThroughRestartsOfTheirOwner() {
    new Instances(database, clock).slotsOf("supervisor-main", "worker", 2);
    try (Database other = open()) {
      Instances afterwards = new Instances(other, clock);
      assertThat(afterwards.slotsOf("supervisor-main", "worker", 3))
          .containsExactly("W00001", "W00002", "W00003");
      assertThat(afterwards.slotsOf("supervisor-second", "worker", 1)).containsExactly("W00004");
    }
  }

  @Test
  void givesTwoProcessesDifferentNames() {
    try (Database other = open()) {
      Instances here = new Instances(database, clock);
      Instances there = new Instances(other, clock);
      CompletableFuture<String> hand = CompletableFuture.supplyAsync(there::nextWorker);
      assertThat(here.nextWorker()).isNotEqualTo(hand.join());
    }
  }
}
