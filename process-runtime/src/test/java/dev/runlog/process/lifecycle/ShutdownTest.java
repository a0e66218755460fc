package dev.runlog.process.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private final Shutdown shutdown = new Shutdown();

  @Test
  void keepsTheFirstReason() {
    assertThat(shutdown.reason()).isEmpty();
    assertThat(shutdown.request("SIGTERM")).isTrue();
    assertThat(shutdown.request("parent_gone")).isFalse();

    assertThat(shutdown.isRequested()).isTrue();
    assertThat(shutdown.reason()).contains("SIGTERM");
    assertThat(shutdown.isHurried()).isFalse();
  }

  @Test
  void wakesWhoeverWaits() throws InterruptedException {
    assertThat(shutdown.await(Duration.ZERO)).isFalse();
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiter =
        new Thread(
            () -> {
              try {
                if (shutdown.await(Duration.ofSeconds(30))) {
                  woken.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiter.start();

    shutdown.request("SIGTERM");
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void runsEachListenerOnceAlsoTheLateOne() {
    List<String> ran = new ArrayList<>();
    shutdown.onRequest(() -> ran.add("early"));
    shutdown.request("SIGTERM");
    shutdown.request("SIGINT");
    shutdown.onRequest(() -> ran.add("late"));

    assertThat(ran).containsExactly("early", "late");
  }

  @Test
  void runsTheOtherListenersWhenOneThrows() {
    List<String> ran = new ArrayList<>();
    List<Throwable> uncaught = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      shutdown.onRequest(
          () -> {
            throw new IllegalStateException("listener");
          });
      shutdown.onRequest(() -> ran.add("second"));
      shutdown.request("SIGTERM");
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    assertThat(ran).containsExactly("second");
    assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hurriesOnce() throws InterruptedException {
    List<String> ran = new ArrayList<>();
    shutdown.onHurry(() -> ran.add("early"));
    shutdown.hurry();
    shutdown.hurry();
    shutdown.onHurry(() -> ran.add("late"));

    assertThat(ran).containsExactly("early", "late");
    assertThat(shutdown.awaitHurry(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void takesASecondSignalForAHurryOnlyAfterTwoSeconds() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    SignalRequests requests = new SignalRequests(shutdown, now::get);

    requests.received("SIGINT");
    now.addAndGet(1_999_999_999L);
    requests.received("SIGTERM");
    assertThat(shutdown.reason()).contains("SIGINT");
    assertThat(shutdown.isHurried()).isFalse();

    now.addAndGet(1);
    requests.received("SIGTERM");
    assertThat(shutdown.isHurried()).isTrue();
  }

  @Test
  void doesNotHurryAtTheFirstSignalAfterTheParentIsGone() {
    SignalRequests requests = new SignalRequests(shutdown, System::nanoTime);
    shutdown.request("parent_gone");

    requests.received("SIGTERM");

    assertThat(shutdown.reason()).contains("parent_gone");
    assertThat(shutdown.isHurried()).isFalse();
  }
}
