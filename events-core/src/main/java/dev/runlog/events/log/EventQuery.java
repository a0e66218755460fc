package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;

/** Reads events, always in the ascending order of their ids. Thread-safe. */
public final class EventQuery {

  private final Database database;

  public EventQuery(Database database) {
    this.database = database;
  }

  public Optional<Event> find(EventId id) {
    return database.read(
        sql -> events(sql).where(EVENTS.ID.eq(id.value())).fetchOptional(EventRows::toEvent));
  }

  /** The events with these ids, as far as there are such; at most a few thousand. */
  public List<Event> withIds(Collection<Long> ids) {
    return where(EVENTS.ID.in(ids));
  }

  /** All events that a run emitted. */
  public List<Event> ofRun(RunId run) {
    return where(EVENTS.RUN_ID.eq(run.value()));
  }

  /** All events of a type. */
  public List<Event> ofType(EventType type) {
    return where(EVENTS.EVENT_TYPE.eq(type.wireName()));
  }

  /** The events of a type that a run emitted. */
  public List<Event> ofRun(RunId run, EventType type) {
    return where(EVENTS.RUN_ID.eq(run.value()).and(EVENTS.EVENT_TYPE.eq(type.wireName())));
  }

  /** All events that a run and its descendants emitted. */
  public List<Event> ofSubtree(RunId root) {
    return where(EVENTS.RUN_ID.in(subtreeOf(root)));
  }

  /**
   * The first events after an id.
   *
   * @param id 0 for the beginning
   * @param limit the most events to return
   */
  public List<Event> after(long id, int limit) {
    return between(id, Long.MAX_VALUE, limit);
  }

  /** The first events after an id and up to another one, at most so many. */
  List<Event> between(long after, long upTo, int limit) {
    return database.read(
        sql ->
            EventRows.fetch(
                events(sql)
                    .where(EVENTS.ID.gt(after))
                    .and(EVENTS.ID.le(upTo))
                    .orderBy(EVENTS.ID)
                    .limit(limit)));
  }

  /** The newest events, at most so many. */
  public List<Event> last(int limit) {
    return newest(DSL.noCondition(), limit);
  }

  /** The newest event that a run emitted. */
  public Optional<Event> lastOf(RunId run) {
    return database.read(
        sql ->
            events(sql)
                .where(EVENTS.RUN_ID.eq(run.value()))
                .orderBy(EVENTS.ID.desc())
                .limit(1)
                .fetchOptional(EventRows::toEvent));
  }

  /** The newest events that a run emitted, at most so many. */
  public List<Event> lastOf(RunId run, int limit) {
    return newest(EVENTS.RUN_ID.eq(run.value()), limit);
  }

  /** The id of the newest event, 0 when there is none. */
  public long lastId() {
    Field<Long> newest = DSL.coalesce(DSL.max(EVENTS.ID), 0L);
    return database.read(sql -> sql.select(newest).from(EVENTS).fetchSingle(newest));
  }

  /** The {@code process.started} of the runs that a run spawned itself. */
  public List<Event> childrenOf(RunId parent) {
    return childrenOf(parent, new EventId(parent.value()));
  }

  /**
   * The same of those that started after an event. Costs as many rows as there are such runs,
   * however many events these have.
   */
  public List<Event> childrenOf(RunId parent, EventId after) {
    return database.read(sql -> EventRows.fetch(startsOfChildren(sql, parent, after)));
  }

  /**
   * With the type as a literal, as both stores want it for a partial index, and in the order of
   * that: by id, SQLite would read all events of all children instead.
   */
  static ResultQuery<?> startsOfChildren(DSLContext sql, RunId parent, EventId after) {
    return events(sql)
        .where(EVENTS.PARENT_RUN_ID.eq(parent.value()))
        .and(EVENTS.EVENT_TYPE.eq(DSL.inline(EventType.PROCESS_STARTED.wireName())))
        .and(EVENTS.RUN_ID.gt(after.value()))
        .orderBy(EVENTS.RUN_ID);
  }

  /**
   * The {@code process.started} of a run, whose id is that of the run; empty when there is none.
   */
  public Optional<Event> startOf(RunId run) {
    return find(new EventId(run.value())).filter(event -> event.is(EventType.PROCESS_STARTED));
  }

  /** Whether a run said that it stopped. Costs as many rows as others stopped since it started. */
  public boolean hasStopped(RunId run) {
    return database.read(sql -> !EventRows.fetch(stopOf(sql, run)).isEmpty());
  }

  /** The sum keeps the index on the run out of it: a run may have any number of events. */
  static ResultQuery<?> stopOf(DSLContext sql, RunId run) {
    return events(sql)
        .where(EVENTS.EVENT_TYPE.eq(EventType.PROCESS_STOPPED.wireName()))
        .and(EVENTS.ID.gt(run.value()))
        .and(EVENTS.RUN_ID.plus(0).eq(run.value()))
        .limit(1);
  }

  /** The run ids of a run and all its descendants, for a condition on a column of run ids. */
  public static Select<Record1<Long>> subtreeOf(RunId root) {
    var subtree = DSL.name("subtree").fields("run_id");
    Field<Long> member = DSL.field(DSL.name("subtree", "run_id"), Long.class);
    var members =
        subtree.as(
            DSL.select(DSL.val(root.value()))
                .unionAll(
                    DSL.select(EVENTS.RUN_ID)
                        .from(DSL.table(DSL.name("subtree")))
                        // On SQLite it fixes the order: else each step may read every start there
                        // is.
                        .crossJoin(EVENTS)
                        .where(EVENTS.PARENT_RUN_ID.eq(member))
                        .and(
                            EVENTS.EVENT_TYPE.eq(
                                DSL.inline(EventType.PROCESS_STARTED.wireName())))));
    return DSL.withRecursive(members).select(member).from(DSL.table(DSL.name("subtree")));
  }

  private List<Event> newest(Condition condition, int limit) {
    return database.read(
        sql -> {
          List<Event> newestFirst =
              new ArrayList<>(
                  events(sql)
                      .where(condition)
                      .orderBy(EVENTS.ID.desc())
                      .limit(limit)
                      .fetch(EventRows::toEvent));
          Collections.reverse(newestFirst);
          return newestFirst;
        });
  }

  private List<Event> where(Condition condition) {
    return database.read(sql -> EventRows.fetch(events(sql).where(condition).orderBy(EVENTS.ID)));
  }

  private static SelectJoinStep<?> events(DSLContext sql) {
    return sql.select(EventRows.COLUMNS).from(EVENTS);
  }
}
