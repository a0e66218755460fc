package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The runs whose start is in the table, each looked up once. Thread-safe. */
final class KnownRuns {

  /** Enough for the runs of one process and its children; beyond it all are looked up anew. */
  private static final int MOST = 10_000;

  private final Database database;
  private final Set<RunId> known = ConcurrentHashMap.newKeySet();

  KnownRuns(Database database) {
    this.database = database;
  }

  /**
   * Checks that a run has started.
   *
   * @throws InvalidEventException when the table knows nothing of it
   */
  void require(RunId run) {
    if (!known.contains(run)) {
      requireStart(run);
      add(run);
    }
  }

  private void add(RunId run) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.add(run);
  }

  private void requireStart(RunId run) {
    boolean isThere =
        database.read(
            sql ->
                sql.fetchExists(
                    EVENTS,
                    EVENTS
                        .ID
                        .eq(run.value())
                        .and(EVENTS.RUN_ID.eq(run.value()))
                        .and(EVENTS.EVENT_TYPE.eq(EventType.PROCESS_STARTED.wireName()))));
    if (!isThere) {
      throw new InvalidEventException(
          "run "
              + run
              + " is unknown: no process.started has this id; nothing was written; log the start of the run first and use the id that it gets");
    }
  }
}
