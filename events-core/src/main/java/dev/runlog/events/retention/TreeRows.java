package dev.runlog.events.retention;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * The rows of a tree in the order in which they go: first all that is not the frame of a run, then
 * the frames, children before parents. Whatever ends a removal half-way, what is left is a tree
 * that has ended, and the next removal finds it again.
 */
final class TreeRows {

  private static final int PAGE = 1000;

  private static final Condition IS_FRAME =
      EVENTS.EVENT_TYPE.in(
          List.of(
                  EventType.PROCESS_STARTED,
                  EventType.PROCESS_STOPPED,
                  EventType.PROCESS_FAILED,
                  EventType.WORKER_EXITED,
                  EventType.WORKER_CRASHED)
              .stream()
              .map(type -> DSL.inline(type.wireName()))
              .toList());

  private final Database database;

  TreeRows(Database database) {
    this.database = database;
  }

  /** Gives the ids of all rows that the tree had when it was surveyed, a page at a time. */
  void forEachPage(Tree tree, Consumer<List<Long>> pages) {
    for (Condition part : List.of(DSL.not(IS_FRAME), IS_FRAME)) {
      for (RunId run : tree.runs()) {
        forEachPage(run, part.and(EVENTS.ID.le(tree.newestEvent().value())), pages);
      }
    }
  }

  private void forEachPage(RunId run, Condition part, Consumer<List<Long>> pages) {
    List<Long> page = page(run, part, 0);
    while (!page.isEmpty()) {
      pages.accept(page);
      page = page(run, part, page.get(page.size() - 1));
    }
  }

  private List<Long> page(RunId run, Condition part, long after) {
    return database.read(
        sql ->
            sql.select(EVENTS.ID)
                .from(EVENTS)
                .where(EVENTS.RUN_ID.eq(run.value()))
                .and(EVENTS.ID.gt(after))
                .and(part)
                .orderBy(EVENTS.ID)
                .limit(PAGE)
                .fetch(EVENTS.ID));
  }
}
