package dev.runlog.supervisor;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.NameLock;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.Shutdown;
import java.time.Duration;

/**
 * Sees to it that a supervisor still holds its name: a lock on a server is lost with its
 * connection, and while the server is away nobody can take it. It is taken again as soon as the
 * server is back; when another supervisor was first, this one drains and ends, so that the two are
 * not there together for longer than a look and a drain. Thread-safe.
 */
final class NameKeeper implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final NameLock name;
  private final String instanceId;
  private final Shutdown shutdown;
  private final Thread watcher;
  private volatile boolean isLost;

  private NameKeeper(NameLock name, RunContext context, Duration betweenLooks) {
    this.name = name;
    this.instanceId = context.instanceId();
    this.shutdown = context.shutdown();
    this.watcher = new Thread(() -> watch(betweenLooks), "runlog-name");
  }

  /**
   * Takes the name and keeps it until closed.
   *
   * @param longestWait how long to wait for a predecessor to end
   * @throws ProcessFailure with the exit code 75 when another process holds it all the time
   * @throws InterruptedException when interrupted while waiting
   */
  static NameKeeper hold(NameLock name, RunContext context, Duration longestWait)
      throws InterruptedException {
    return hold(name, context, longestWait, BETWEEN_LOOKS);
  }

  static NameKeeper hold(
      NameLock name, RunContext context, Duration longestWait, Duration betweenLooks)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!name.hold()) {
      if (System.nanoTime() - start >= longestWait.toNanos()) {
        throw new ProcessFailure(
            ExitCode.TRY_AGAIN,
            context.instanceId()
                + " is already running on this database, from another directory or machine; stop it first,"
                + " or start under another INSTANCE_ID");
      }
      Thread.sleep(BETWEEN_TRIES.toMillis());
    }
    NameKeeper keeper = new NameKeeper(name, context, betweenLooks);
    keeper.watcher.setDaemon(true);
    keeper.watcher.start();
    return keeper;
  }

  /**
   * Checks that the name was held to the end.
   *
   * @throws ProcessFailure with the exit code 75 when another process has taken it
   */
  void requireHeld() {
    if (isLost) {
      throw new ProcessFailure(
          ExitCode.TRY_AGAIN,
          "another "
              + instanceId
              + " took the name while the connection that held it was lost; this one has ended and its tasks are back in the queue");
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
    try {
      // A look that is under way must not take the name again once it was given back.
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Duration betweenLooks) {
    try {
      while (!isLost) {
        Thread.sleep(betweenLooks.toMillis());
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      if (!name.hold()) {
        isLost = true;
        shutdown.request("name taken");
      }
    } catch (DatabaseException e) {
      // The supervisor itself says what is wrong with the database; while it is away nobody else
      // can take the name.
    }
  }
}
