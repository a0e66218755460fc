package dev.runlog.events.retention;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * The rows of a tree in the order in which they go: first all that is not the frame of a run, then
 * the frames, children before parents: what a run told of the ends of its children, then its own
 * start and end, which stay together. Whatever ends a removal half-way, what is left is a tree that
 * has ended, and the next removal finds it again.
 */
final class TreeRows {

  private static final int PAGE = 1000;

  private static final Condition IS_OF_ITSELF =
      isOneOf(EventType.PROCESS_STARTED, EventType.PROCESS_STOPPED, EventType.PROCESS_FAILED);

  private static final Condition IS_END_OF_A_CHILD =
      isOneOf(EventType.WORKER_EXITED, EventType.WORKER_CRASHED);

  private final Database database;

  TreeRows(Database database) {
    this.database = database;
  }

  /** Gives the ids of all rows that the tree had when it was surveyed, a page at a time. */
  void forEachPage(Tree tree, Consumer<List<Long>> pages) {
    Condition known = EVENTS.ID.le(tree.newestEvent().value());
    Condition isNoFrame = DSL.not(IS_OF_ITSELF).and(DSL.not(IS_END_OF_A_CHILD));
    for (RunId run : tree.runs()) {
      forEachPage(run, isNoFrame.and(known), pages);
    }
    for (RunId run : tree.runs()) {
      forEachPage(run, IS_END_OF_A_CHILD.and(known), pages);
      forEachPage(run, IS_OF_ITSELF.and(known), pages);
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

  private static Condition isOneOf(EventType... types) {
    return EVENTS.EVENT_TYPE.in(Stream.of(types).map(type -> DSL.inline(type.wireName())).toList());
  }
}
