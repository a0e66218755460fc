package dev.runlog.events.verify;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.stats.CallTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/**
 * Checks that the file is sound, that the events fit together, and that what is kept beside them is
 * what they say. Reads everything once, in short reads, while a fleet may run. Thread-safe.
 */
public final class Verification {

  private final Database database;

  public Verification(Database database) {
    this.database = database;
  }

  /** All checks, in the order from the file up. */
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(store());
    findings.addAll(history());
    findings.add(totals());
    return findings;
  }

  private Finding store() {
    Differences differences = new Differences();
    long lines = database.read(sql -> integrity(sql, differences));
    return differences.finding("store", "the database itself is sound", lines);
  }

  /** PostgreSQL checks its pages by itself. */
  private static long integrity(DSLContext sql, Differences differences) {
    if (sql.dialect().family() != SQLDialect.SQLITE) {
      return 0;
    }
    List<String> lines = sql.fetch("PRAGMA integrity_check").getValues(0, String.class);
    lines.stream()
        .flatMap(line -> line.equals("ok") ? Stream.empty() : Stream.of(line))
        .forEach(differences);
    return 1;
  }

  /** A removal that began meanwhile explains what is missing, so all is read again. */
  private List<Finding> history() {
    boolean wasPruned = wasPruned();
    List<Finding> findings = new HistoryCheck(database, wasPruned).run();
    return wasPruned == wasPruned() ? findings : new HistoryCheck(database, true).run();
  }

  private boolean wasPruned() {
    EventQuery events = new EventQuery(database);
    return Stream.of(EventType.EVENTS_PRUNING, EventType.EVENTS_PRUNED)
        .anyMatch(type -> !events.ofType(type).isEmpty());
  }

  private Finding totals() {
    Differences differences = new Differences();
    long rows = new CallTotals(database).compare(differences);
    return differences.finding("call_totals", "the sums of calls are what the events say", rows);
  }
}
