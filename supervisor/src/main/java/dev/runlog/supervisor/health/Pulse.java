package dev.runlog.supervisor.health;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.log.RunId;
import dev.runlog.process.lifecycle.Heartbeat;
import dev.runlog.process.lifecycle.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Beats for the supervisor itself and listens to all others. That its own beat was written is the
 * proof that theirs could have been. Belongs to the supervisor's thread.
 */
public final class Pulse implements AutoCloseable {

  /**
   * What was heard.
   *
   * @param time of the fair clock
   * @param beats the newest beat of each run, none while the database is away
   */
  public record Look(Duration time, Map<RunId, Long> beats) {
    public Look {
      beats = Map.copyOf(beats);
    }
  }

  private final Heartbeats heartbeats;
  private final RunId self;
  private final FairClock clock = new FairClock(System.nanoTime());
  private long lastBeatNanos = System.nanoTime() - Heartbeat.INTERVAL.toNanos();
  private boolean isHeard;

  public Pulse(Database database, RunId self) {
    this.heartbeats = new Heartbeats(database, InstantSource.system());
    this.self = self;
  }

  /** Time of the fair clock at the last look. */
  public Duration time() {
    return clock.time();
  }

  /** Beats when it is time to, and listens. To be called about twice a second. */
  public Look look() {
    Map<RunId, Long> beats = Map.of();
    try {
      beatIfDue();
      beats = heartbeats.all();
    } catch (DatabaseException e) {
      if (!Outage.isPassing(e)) {
        throw e;
      }
      isHeard = false;
    }
    return new Look(clock.advance(System.nanoTime(), isHeard), beats);
  }

  /** Takes the supervisor's own beat away, for it ends. */
  @Override
  public void close() {
    try {
      heartbeats.end(self);
    } catch (DatabaseException e) {
      // The supervisor ends in any case; a beat that no longer changes tells the same.
      System.err.println("runlog: end the heartbeat of run " + self + ": " + e.getMessage());
    }
  }

  private void beatIfDue() {
    if (!isHeard || System.nanoTime() - lastBeatNanos >= Heartbeat.INTERVAL.toNanos()) {
      heartbeats.beat(self);
      lastBeatNanos = System.nanoTime();
      isHeard = true;
    }
  }
}
