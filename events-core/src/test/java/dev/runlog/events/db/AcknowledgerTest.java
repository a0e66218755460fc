package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AcknowledgerTest {

  @Test
  void runsWhatWaitsBehindATaskThatDoesNotEnd() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Acknowledger acknowledger = new Acknowledger(Duration.ofMillis(50));
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(() -> isReached(begun, never), acknowledger);
    CompletableFuture<Thread> second =
        CompletableFuture.supplyAsync(Thread::currentThread, acknowledger);
    begun.await();

    acknowledger.close();

    assertThat(second).isCompletedWithValue(Thread.currentThread());
    assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
  }

  private static boolean isReached(CountDownLatch begun, CountDownLatch never) {
    begun.countDown();
    try {
      never.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
