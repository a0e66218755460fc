package dev.runlog.events.db;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A turn that writers queue for at a file beside the database. Where others want it too it may be
 * kept over several commits, for the length of a lease: each change of the writer costs a switch of
 * processes and the page cache of the next one, which SQLite drops when another process has
 * written.
 */
final class QueuedTurn implements WriteTurn {

  /** A turn that came later than this is wanted by others too. */
  private static final long CONTENDED_NANOS = Duration.ofMillis(1).toNanos();

  /** Enough for a thread that was just acknowledged to append again. */
  private static final long LOOK_OUT_NANOS = Duration.ofMillis(1).toNanos() / 10;

  private final TurnFile file;
  private final LockDeadline deadline;
  private final long leaseNanos;
  private TurnFile.@Nullable Held held;
  private long takenAt;
  private boolean isContended;

  QueuedTurn(Path database, LockDeadline deadline, Duration lease) {
    this.file = new TurnFile(LockFiles.directoryOf(database).resolve("write.lock"));
    this.deadline = deadline;
    this.leaseNanos = lease.toNanos();
  }

  @Override
  public void take() throws SQLException {
    if (held != null) {
      return;
    }
    long asked = System.nanoTime();
    held = turnOrNone();
    takenAt = System.nanoTime();
    isContended = takenAt - asked > CONTENDED_NANOS;
  }

  @Override
  public boolean isTakenAtOnce() {
    if (held == null) {
      held = turnAtOnceOrNone();
      isContended = false;
    }
    return held != null;
  }

  @Override
  public void afterCommit() {
    if (!isContended || System.nanoTime() - takenAt >= leaseNanos) {
      pass();
    }
  }

  @Override
  public long lookOutNanos() {
    return held == null ? 0 : LOOK_OUT_NANOS;
  }

  @Override
  public void pass() {
    TurnFile.Held passed = held;
    held = null;
    if (passed != null) {
      passed.release();
    }
  }

  @Override
  public void close() {
    pass();
    file.close();
  }

  /**
   * Null where there can be no lock on a file, for want of space or rights, or because it would be
   * a deadlock with a process that writes to another log too: then without order.
   */
  private TurnFile.@Nullable Held turnOrNone() throws SQLException {
    try {
      return file.awaitTurn(deadline);
    } catch (AsynchronousCloseException e) {
      throw tooLate(e);
    } catch (IOException | OverlappingFileLockException e) {
      return null;
    }
  }

  private TurnFile.@Nullable Held turnAtOnceOrNone() {
    try {
      return file.turnAtOnce();
    } catch (IOException | OverlappingFileLockException e) {
      return null;
    }
  }

  private static SQLException tooLate(Exception cause) {
    SQLException busy =
        new SQLiteException("the turn to write did not come", SQLiteErrorCode.SQLITE_BUSY);
    busy.initCause(cause);
    return busy;
  }
}
