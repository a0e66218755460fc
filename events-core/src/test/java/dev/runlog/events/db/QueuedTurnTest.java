package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.OtherJvm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class QueuedTurnTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path directory;

  @Test
  void letsOneAfterTheOtherHaveIt() throws SQLException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (WriteTurn first = turn(LONG);
        WriteTurn second = turn(LONG)) {
      first.take();
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(
              () -> {
                take(second);
                order.add("second");
                second.pass();
              });
      order.add("first");
      first.pass();
      waiting.join();
    }
    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void isStillHeldWhenItIsTakenAgain() throws SQLException {
    try (WriteTurn turn = turn(SHORT)) {
      turn.take();
      turn.take();
      assertThat(turn.lookOutNanos()).isPositive();
      turn.afterCommit();
      assertThat(turn.lookOutNanos()).as("nobody waited for it, so it is passed on").isZero();
    }
  }

  @Test
  void isKeptOverCommitsWhileOthersWantItAndItsLeaseLasts() throws Exception {
    try (WriteTurn other = turn(LONG);
        WriteTurn turn = new QueuedTurn(database(), new LockDeadline(LONG), LONG)) {
      other.take();
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> take(turn));
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> waiting.get(50, TimeUnit.MILLISECONDS));
      other.pass();
      waiting.join();
      turn.afterCommit();
      assertThat(turn.lookOutNanos()).as("still held").isPositive();
      turn.pass();
      assertThat(turn.lookOutNanos()).as("passed on").isZero();
    }
  }

  @Test
  void comesToTheNextWhenItsProcessIsKilled() throws Exception {
    try (OtherJvm holder = OtherJvm.start(TurnHolder.class, database().toString());
        WriteTurn turn = turn(LONG)) {
      holder.awaitLine(TurnHolder.HOLDS_IT);
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> take(turn));
      holder.kill();
      assertThat(waiting).succeedsWithin(LONG);
      turn.pass();
    }
  }

  @Test
  void isNotWaitedForLongerThanALock() throws Exception {
    try (OtherJvm holder = OtherJvm.start(TurnHolder.class, database().toString())) {
      holder.awaitLine(TurnHolder.HOLDS_IT);
      LockDeadline deadline = new LockDeadline(SHORT);
      try (WriteTurn turn = new QueuedTurn(database(), deadline, Duration.ZERO)) {
        for (int attempt = 0; attempt < 2; attempt++) {
          deadline.start();
          assertThatExceptionOfType(SQLiteException.class)
              .isThrownBy(turn::take)
              .satisfies(e -> assertThat(e.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_BUSY));
        }
        holder.kill();
        deadline.start();
        turn.take();
        assertThat(turn.lookOutNanos()).isPositive();
      }
    }
  }

  @Test
  void isTakenAtOnceOnlyWhileNobodyElseHasItOrWaitsForIt() throws Exception {
    try (OtherJvm holder = OtherJvm.start(TurnHolder.class, database().toString());
        WriteTurn turn = turn(LONG)) {
      holder.awaitLine(TurnHolder.HOLDS_IT);
      assertThat(turn.isTakenAtOnce()).as("another process has it").isFalse();
      holder.kill();
      turn.take();
      assertThat(turn.isTakenAtOnce()).as("still held").isTrue();
      try (WriteTurn other = turn(LONG)) {
        assertThat(other.isTakenAtOnce()).as("another one of this process has it").isFalse();
        turn.pass();
        assertThat(other.isTakenAtOnce()).as("nobody has it").isTrue();
      }
    }
  }

  @Test
  void isTakenAtOnceByAThreadThatIsInterrupted() throws Exception {
    try (WriteTurn turn = turn(LONG)) {
      Thread.currentThread().interrupt();
      assertThat(turn.isTakenAtOnce()).isTrue();
      turn.pass();
      assertThat(turn.isTakenAtOnce()).as("its file is still open").isTrue();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void goesOnWithoutOrderWhereNoLockFileCanBe() throws SQLException, IOException {
    Files.writeString(LockFiles.directoryOf(database()), "a file where the directory would be");
    try (WriteTurn turn = turn(SHORT)) {
      assertThat(turn.isTakenAtOnce()).isFalse();
      turn.take();
      turn.take();
      turn.afterCommit();
    }
  }

  @Test
  void isOneTurnByWhicheverPathOneComes() throws Exception {
    Files.createFile(database());
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), database());
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), directory);
    try (WriteTurn turn = turn(LONG);
        WriteTurn byFile = new QueuedTurn(link, new LockDeadline(SHORT), Duration.ZERO);
        WriteTurn byDirectory =
            new QueuedTurn(linked.resolve("runlog.db"), new LockDeadline(SHORT), Duration.ZERO)) {
      turn.take();
      assertThat(byFile.isTakenAtOnce()).isFalse();
      assertThat(byDirectory.isTakenAtOnce()).isFalse();
      turn.pass();
      assertThat(byFile.isTakenAtOnce()).isTrue();
      assertThat(byDirectory.isTakenAtOnce()).isFalse();
    }
  }

  @Test
  void leavesTheHeadOfTheQueueWhenTheTurnCannotBeLocked() throws Exception {
    Path file = LockFiles.directoryOf(database()).resolve("write.lock");
    Files.createDirectories(file.getParent());
    try (FileChannel other =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock turnOfTheOther = other.lock(0, 1, false);
        WriteTurn turn = turn(SHORT)) {
      assertThat(turnOfTheOther.isValid()).isTrue();
      assertThat(turn.isTakenAtOnce()).isFalse();
      turn.take();
      assertThat(turn.lookOutNanos()).as("goes on without order").isZero();
      try (FileLock head = other.tryLock(1, 1, false)) {
        assertThat(head).as("the head of the queue").isNotNull();
      }
    }
  }

  private WriteTurn turn(Duration wait) {
    return new QueuedTurn(database(), new LockDeadline(wait), Duration.ZERO);
  }

  private Path database() {
    return directory.resolve("runlog.db");
  }

  private static void take(WriteTurn turn) {
    try {
      turn.take();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
