package dev.runlog.process.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.process.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InstanceLockTest {

  @TempDir Path directory;
  private Path database;

  @BeforeEach
  void nameTheDatabase() {
    database = directory.resolve("runlog.db");
  }

  @Test
  void keepsAnInstanceSingleWithinAJvm() throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    try (InstanceLock lock = acquire("W00001")) {
      assertThat(lock.file()).hasFileName("W00001.lock").hasContent(Long.toString(pid));
      assertThatThrownBy(() -> acquire("W00001"))
          .isInstanceOf(InstanceRunningException.class)
          .hasMessageStartingWith("W00001 is already running as pid " + pid + "; stop it first");
    }
  }

  @Test
  void locksEachInstanceByItself() throws InterruptedException {
    try (InstanceLock first = acquire("W00001");
        InstanceLock second = acquire("W00002")) {
      assertThat(first.file()).isNotEqualTo(second.file());
    }
  }

  @Test
  void canBeTakenAgainOnceReleased() throws InterruptedException {
    acquire("W00001").close();
    acquire("W00001").close();
  }

  @Test
  void waitsForThePredecessor() throws Exception {
    InstanceLock predecessor = acquire("W00001");
    CompletableFuture<InstanceLock> successor =
        CompletableFuture.supplyAsync(() -> acquireWithin(Duration.ofSeconds(30)));
    assertThat(successor).isNotDone();

    predecessor.close();

    successor.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void keepsAnInstanceSingleAmongProcessesAndIsReleasedByKill() throws Exception {
    Process holder = TestJvm.start(LockHolder.class, database.toString(), "W00001");
    try {
      TestJvm.awaitLine(holder, "held");
      assertThatThrownBy(() -> acquire("W00001"))
          .hasMessageContaining("W00001 is already running as pid " + holder.pid());
      // Looking at the file must not take the lock from whoever holds it.
      assertThatThrownBy(() -> acquire("W00001")).isInstanceOf(InstanceRunningException.class);

      holder.destroyForcibly();
      try (InstanceLock lock = acquireWithin(Duration.ofSeconds(20))) {
        assertThat(lock.file()).hasContent(Long.toString(ProcessHandle.current().pid()));
      }
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void refusesANameThatLeadsElsewhere() {
    assertThatThrownBy(() -> acquire("../W00001")).hasMessageContaining("is not an instance name");
    assertThat(Files.exists(directory.resolve("W00001.lock"))).isFalse();
  }

  private InstanceLock acquire(String instanceId) throws InterruptedException {
    return InstanceLock.acquire(database, instanceId, Duration.ZERO);
  }

  private InstanceLock acquireWithin(Duration longest) {
    try {
      return InstanceLock.acquire(database, "W00001", longest);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A process that holds a lock until it is killed. */
  static final class LockHolder {

    private LockHolder() {}

    public static void main(String[] args) throws Exception {
      try (InstanceLock lock = InstanceLock.acquire(Path.of(args[0]), args[1], Duration.ZERO)) {
        System.out.println(lock.file() + " held");
        System.in.transferTo(System.out);
      }
    }
  }
}
