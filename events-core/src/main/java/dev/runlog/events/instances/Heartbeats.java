package dev.runlog.events.instances;

import static dev.runlog.events.schema.Tables.HEARTBEATS;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.RunId;
import java.time.InstantSource;
import java.util.Map;

/**
 * The signs of life of runs. A beat is a number that grows; whoever watches looks whether it
 * changes, and measures for how long it did not by a clock of its own, since clocks of other
 * machines and other times cannot be compared. A crash leaves the row of the run behind; whoever
 * logs the end of the run takes it away. Thread-safe.
 */
public final class Heartbeats {

  private final Database database;
  private final InstantSource clock;

  public Heartbeats(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Says that a run lives.
   *
   * @throws dev.runlog.events.db.DatabaseException when the store cannot take it
   */
  public void beat(RunId run) {
    long now = clock.millis();
    database.writeOneStatement(
        transaction ->
            transaction
                .sql()
                .insertInto(HEARTBEATS)
                .set(HEARTBEATS.RUN_ID, run.value())
                .set(HEARTBEATS.BEAT, 1L)
                .set(HEARTBEATS.BEAT_AT, now)
                .onConflict(HEARTBEATS.RUN_ID)
                .doUpdate()
                .set(HEARTBEATS.BEAT, HEARTBEATS.BEAT.plus(1))
                .set(HEARTBEATS.BEAT_AT, now)
                .execute());
  }

  /** Takes the row of a run away that ends as planned. */
  public void end(RunId run) {
    database.write(transaction -> end(transaction, run));
  }

  /** The same inside the transaction that logs the end of the run; returns how many rows went. */
  public static int end(Transaction transaction, RunId run) {
    return transaction
        .sql()
        .deleteFrom(HEARTBEATS)
        .where(HEARTBEATS.RUN_ID.eq(run.value()))
        .execute();
  }

  /** The newest beat of each run that has one. */
  public Map<RunId, Long> all() {
    return database.read(
        sql ->
            sql.select(HEARTBEATS.RUN_ID, HEARTBEATS.BEAT)
                .from(HEARTBEATS)
                .fetchMap(row -> new RunId(row.value1()), row -> row.value2()));
  }
}
