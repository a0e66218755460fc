package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/**
 * Finds the newest events that pass a filter without reading the log: what is common is among the
 * last rows, what is rare is found by the index on its type, its run or its time. Thread-safe.
 */
public final class NewestEvents {

  private static final int NEAR = 1000;

  private final Database database;
  private final EventQuery query;

  public NewestEvents(Database database) {
    this.database = database;
    this.query = new EventQuery(database);
  }

  /**
   * At most so many events up to an id, in ascending order. In a window of time the newest are
   * those with the latest timestamps. Who a run is, is told by its first event.
   *
   * @param lastId the newest id to look at
   */
  public List<Event> upTo(long lastId, int limit, EventFilter filter) {
    if (limit <= 0) {
      return List.of();
    }
    List<Event> near = filter.window().isAll() ? near(lastId, filter) : List.of();
    return newest(near.size() >= limit ? near : byIndex(lastId, limit, filter), limit);
  }

  /** What passes among the last rows. */
  private List<Event> near(long lastId, EventFilter filter) {
    return query.after(Math.max(0, lastId - NEAR), NEAR).stream()
        .filter(event -> event.id().value() <= lastId)
        .filter(filter)
        .toList();
  }

  private List<Event> byIndex(long lastId, int limit, EventFilter filter) {
    Condition upTo = EVENTS.ID.le(lastId);
    if (filter.run().isPresent()) {
      return ofRuns(List.of(filter.run().get()), upTo, limit, filter);
    }
    if (!filter.window().isAll()) {
      return inWindow(upTo, limit, filter);
    }
    if (filter.instanceId().isPresent() || filter.role().isPresent()) {
      return ofRuns(runsOf(filter), upTo, limit, filter);
    }
    return filter
        .type()
        .map(type -> ofTypes(matching(type), upTo, limit))
        .orElseGet(() -> fetch(upTo, limit, EVENTS.ID.desc()));
  }

  private List<Event> ofRuns(List<RunId> runs, Condition upTo, int limit, EventFilter filter) {
    Condition passes = upTo.and(passes(filter));
    List<Event> found = new ArrayList<>();
    for (RunId run : runs) {
      Condition ofRun = EVENTS.RUN_ID.eq(run.value());
      found.addAll(fetch(ofRun.and(passes), limit, EVENTS.ID.desc()));
    }
    return found;
  }

  private List<Event> ofTypes(Collection<String> types, Condition upTo, int limit) {
    List<Event> found = new ArrayList<>();
    for (String type : types) {
      found.addAll(fetch(EVENTS.EVENT_TYPE.eq(type).and(upTo), limit, EVENTS.ID.desc()));
    }
    return found;
  }

  private List<Event> inWindow(Condition upTo, int limit, EventFilter filter) {
    return fetch(passes(filter).and(upTo), limit, EVENTS.TIMESTAMP.desc(), EVENTS.ID.desc());
  }

  /** All but the run, in words that leave the choice of the index to the rest of the statement. */
  private Condition passes(EventFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    filter.type().ifPresent(type -> conditions.add(unindexedType().in(matching(type))));
    filter.instanceId().map(EVENTS.INSTANCE_ID::eq).ifPresent(conditions::add);
    filter.role().map(EVENTS.ROLE::eq).ifPresent(conditions::add);
    filter.window().from().ifPresent(f -> conditions.add(EVENTS.TIMESTAMP.ge(f.toEpochMilli())));
    filter.window().until().ifPresent(u -> conditions.add(EVENTS.TIMESTAMP.lt(u.toEpochMilli())));
    return DSL.and(conditions);
  }

  private static Field<String> unindexedType() {
    return DSL.concat(EVENTS.EVENT_TYPE, DSL.inline(""));
  }

  private List<String> matching(Glob type) {
    return database.read(DistinctValues::eventTypes).stream().filter(type::matches).toList();
  }

  private List<RunId> runsOf(EventFilter filter) {
    List<Condition> wanted = new ArrayList<>();
    filter.instanceId().map(EVENTS.INSTANCE_ID::eq).ifPresent(wanted::add);
    filter.role().map(EVENTS.ROLE::eq).ifPresent(wanted::add);
    return database.read(sql -> DistinctValues.runsWhoseFirstEvent(sql, DSL.and(wanted)));
  }

  private List<Event> fetch(Condition condition, int limit, SortField<?>... order) {
    return database.read(
        sql ->
            sql.select(EventRows.COLUMNS)
                .from(EVENTS)
                .where(condition)
                .orderBy(order)
                .limit(limit)
                .fetch(EventRows::toEvent));
  }

  private static List<Event> newest(List<Event> found, int limit) {
    return found.stream()
        .sorted(Comparator.comparingLong((Event event) -> event.id().value()).reversed())
        .limit(limit)
        .sorted(Comparator.comparingLong(event -> event.id().value()))
        .toList();
  }
}
