package dev.runlog.process.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GraceWatchTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Shutdown shutdown = new Shutdown();
  private final CountDownLatch never = new CountDownLatch(1);
  private final CompletableFuture<String> lastResort = new CompletableFuture<>();

  @Test
  void interruptsTheThreadWhenItsGraceIsOver() {
    try (GraceWatch watch = watch(new Grace(SHORT, LONG, LONG, LONG))) {
      shutdown.request("SIGTERM");
      assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
      assertThat(watch.isExceeded()).isTrue();
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(lastResort).isNotDone();
  }

  @Test
  void leavesLessTimeWhenTheParentIsGone() {
    try (GraceWatch watch = watch(new Grace(LONG, SHORT, LONG, LONG))) {
      shutdown.request("parent_gone");
      assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
      assertThat(watch.isExceeded()).isTrue();
    }
  }

  @Test
  void leavesLessTimeInAHurry() {
    try (GraceWatch watch = watch(new Grace(LONG, LONG, SHORT, LONG))) {
      shutdown.request("SIGTERM");
      shutdown.hurry();
      assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
      assertThat(watch.isExceeded()).isTrue();
    }
  }

  @Test
  void runsTheLastResortWhenTheThreadIgnoresTheInterrupt() {
    try (GraceWatch watch = watch(new Grace(SHORT, LONG, LONG, SHORT))) {
      shutdown.request("SIGTERM");
      // join() waits on when the thread is interrupted.
      assertThat(lastResort.join()).isEqualTo("ran");
      assertThat(watch.isExceeded()).isTrue();
    }
  }

  @Test
  void leavesAThreadAloneThatFinishedInTime() {
    try (GraceWatch watch = watch(new Grace(LONG, LONG, LONG, LONG))) {
      shutdown.request("SIGTERM");
      assertThat(watch.isExceeded()).isFalse();
    }
    shutdown.hurry();
    assertThat(lastResort).isNotDone();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private GraceWatch watch(Grace grace) {
    return GraceWatch.overThisThread(shutdown, grace, () -> lastResort.complete("ran"));
  }
}
