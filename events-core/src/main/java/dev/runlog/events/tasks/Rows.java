package dev.runlog.events.tasks;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.SelectForUpdateStep;

/** Locks on rows, where the store has them: on SQLite a writer is alone anyway. */
final class Rows {

  private Rows() {}

  static boolean areLockedOneByOne(DSLContext sql) {
    return sql.family() == SQLDialect.POSTGRES;
  }

  /** The same query, keeping other transactions from changing what it finds until this one ends. */
  static <R extends Record> ResultQuery<R> locked(DSLContext sql, SelectForUpdateStep<R> query) {
    return areLockedOneByOne(sql) ? query.forUpdate() : query;
  }
}
