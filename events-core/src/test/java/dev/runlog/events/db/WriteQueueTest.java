package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

  private interface Abandoning {
    void run() throws SQLException;
  }

  private volatile Abandoning abandoning = () -> {};
  private volatile boolean isReadyAtOnce;
  private volatile boolean batchesAbandoned;
  private volatile boolean batchesClosed;

  @Test
  void failsAllThatWaitWhenTheWriterDies() throws Exception {
    CountDownLatch allQueued = new CountDownLatch(1);
    WriteQueue queue =
        queue(
            batch -> {
              await(allQueued);
              throw new AssertionError("a bug in the writer");
            });
    List<PendingEvent> waiting = new ArrayList<>();
    for (int i = 0; i < 2 * WriteQueue.LARGEST_BATCH; i++) {
      waiting.add(event());
      queue.add(waiting.get(i));
    }
    allQueued.countDown();

    assertThat(waiting.get(waiting.size() - 1).committed()).failsWithin(Duration.ofSeconds(10));
    assertThat(waiting)
        .allSatisfy(
            event ->
                assertThat(event.committed())
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withRootCauseInstanceOf(AssertionError.class)
                    .withMessageContaining("the writer thread has died; nothing was written"));
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> queue.add(event()))
        .withRootCauseInstanceOf(AssertionError.class);
    queue.close();
    assertThat(batchesClosed).as("its open transaction would keep others out").isTrue();
  }

  @Test
  void makesCallersWaitWhileItIsFullAndDropsNothing() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    WriteQueue queue =
        queue(
            batch -> {
              await(opened);
              batch.forEach(PendingWrite::acknowledge);
            });
    int most = WriteQueue.CAPACITY + WriteQueue.LARGEST_BATCH;
    List<PendingEvent> added = new ArrayList<>();
    Semaphore taken = new Semaphore(0);
    Thread caller =
        new Thread(
            () -> {
              for (int i = 0; i < 2 * most; i++) {
                PendingEvent event = event();
                queue.add(event);
                added.add(event);
                taken.release();
              }
            });
    caller.start();
    taken.acquire(WriteQueue.CAPACITY);
    assertThat(taken.tryAcquire(WriteQueue.LARGEST_BATCH + 1, 100, TimeUnit.MILLISECONDS))
        .isFalse();

    opened.countDown();
    caller.join();
    queue.close();
    assertThat(added)
        .hasSize(2 * most)
        .allSatisfy(event -> assertThat(event.committed()).isCompleted());
  }

  @Test
  void putsNoMoreLargePayloadsIntoABatchThanMemoryCanHold() {
    CountDownLatch opened = new CountDownLatch(1);
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    Optional<String> payload = Optional.of("x".repeat(WriteQueue.LARGEST_BATCH_CHARS / 4));
    try (WriteQueue queue =
        queue(
            batch -> {
              await(opened);
              sizes.add(batch.size());
              batch.forEach(PendingWrite::acknowledge);
            })) {
      for (int i = 0; i < 9; i++) {
        queue.add(event(payload));
      }
      opened.countDown();
    }
    assertThat(sizes).allMatch(size -> size <= 4);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(9);
  }

  @Test
  void commitsOnTheCallersThreadWhileNobodyElseWantsToWrite() {
    isReadyAtOnce = true;
    List<Thread> writers = new ArrayList<>();
    try (WriteQueue queue = queue(batch -> acknowledge(batch, writers))) {
      queue.write(event());
      queue.write(event());
      assertThat(writers).containsExactly(Thread.currentThread(), Thread.currentThread());

      isReadyAtOnce = false;
      PendingEvent last = event();
      queue.write(last);
      assertThat(last.committed()).succeedsWithin(Duration.ofSeconds(10));
    }
    assertThat(writers).hasSize(3);
    assertThat(writers.get(2)).as("of who may wait").isNotEqualTo(Thread.currentThread());
  }

  @Test
  void letsNoEventOvertakeThoseThatWait() throws Exception {
    isReadyAtOnce = true;
    CountDownLatch opened = new CountDownLatch(1);
    List<PendingWrite<?>> written = Collections.synchronizedList(new ArrayList<>());
    List<PendingEvent> added = new ArrayList<>();
    try (WriteQueue queue =
        queue(
            batch -> {
              await(opened);
              written.addAll(batch);
              batch.forEach(PendingWrite::acknowledge);
            })) {
      for (int i = 0; i < 100; i++) {
        PendingEvent event = event();
        added.add(event);
        if (i % 2 == 0) {
          queue.add(event);
        } else {
          queue.write(event);
        }
      }
      opened.countDown();
    }
    assertThat(written).containsExactlyElementsOf(added);
  }

  @Test
  void anErrorOnTheCallersThreadConcernsNobodyElse() {
    isReadyAtOnce = true;
    AtomicBoolean isFirst = new AtomicBoolean(true);
    try (WriteQueue queue =
        queue(
            batch -> {
              if (isFirst.getAndSet(false)) {
                throw new StackOverflowError("the caller's stack is full");
              }
              batch.forEach(PendingWrite::acknowledge);
            })) {
      assertThatExceptionOfType(StackOverflowError.class)
          .isThrownBy(() -> queue.write(event()))
          .withMessage("the caller's stack is full");
      assertThat(batchesAbandoned).as("what it left open is undone").isTrue();
      PendingEvent next = event();
      queue.write(next);
      assertThat(next.committed()).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void endsWhenWhatAnErrorLeftOpenCannotBeUndone() throws Exception {
    isReadyAtOnce = true;
    abandoning =
        () -> {
          throw new SQLException("cannot be closed");
        };
    WriteQueue queue =
        queue(
            batch -> {
              throw new StackOverflowError("the caller's stack is full");
            });
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> queue.write(event()));
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> queue.write(event()))
        .withMessageContaining("the writer thread has died")
        .withRootCauseInstanceOf(StackOverflowError.class);
    queue.close();
    assertThat(batchesClosed).as("its open transaction would keep others out").isTrue();
  }

  @Test
  void refusesWhatComesAfterItsEnd() {
    isReadyAtOnce = true;
    WriteQueue queue = queue(batch -> batch.forEach(PendingWrite::acknowledge));
    queue.close();
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> queue.write(event()))
        .withMessageContaining("closed in this process; nothing was written");
  }

  private static void acknowledge(List<PendingWrite<?>> batch, List<Thread> writers) {
    writers.add(Thread.currentThread());
    batch.forEach(PendingWrite::acknowledge);
  }

  private WriteQueue queue(Consumer<List<PendingWrite<?>>> write) {
    return new WriteQueue(
        "runlog.db",
        new WriteQueue.Batches() {
          @Override
          public void write(List<PendingWrite<?>> batch, IntSupplier queuedBehind) {
            write.accept(batch);
          }

          @Override
          public boolean isReadyAtOnce() {
            return isReadyAtOnce;
          }

          @Override
          public void abandon() throws SQLException {
            batchesAbandoned = true;
            abandoning.run();
          }

          @Override
          public long lookOutNanos() {
            return 0;
          }

          @Override
          public void idle() {}

          @Override
          public void close() {
            batchesClosed = true;
          }
        });
  }

  private static PendingEvent event() {
    return event(Optional.empty());
  }

  private static PendingEvent event(Optional<String> payload) {
    return new PendingEvent(
        new EventRow(0, Optional.empty(), Optional.empty(), "W00001", "worker", "a.b", payload));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
