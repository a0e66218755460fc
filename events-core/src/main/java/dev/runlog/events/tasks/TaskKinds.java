package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;
import static dev.runlog.events.schema.Tables.TASK_KINDS;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.TaskKindLimited;
import dev.runlog.events.payload.TaskKindPaused;
import dev.runlog.events.payload.TaskKindResumed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about kinds of tasks: whether they are claimed at all, and how many at once.
 * It holds for the whole fleet and every restart. Each change is one transaction with the event
 * that says so. Thread-safe.
 */
public final class TaskKinds {

  /**
   * A kind about which something was decided.
   *
   * @param kind which handler runs it
   * @param pausedAt since when none of it is claimed, empty while it is open
   * @param mostHeld how many may be held at once, empty for any number
   */
  public record Rule(String kind, Optional<Instant> pausedAt, Optional<Integer> mostHeld) {}

  private final Database database;
  private final EventLog log;
  private final InstantSource clock;

  public TaskKinds(Database database, EventLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
  }

  /** Has no task of a kind claimed any more; those that are held go on. */
  public void pause(Emitter by, String kind) {
    change(by, kind, TASK_KINDS.PAUSED_AT, clock.millis(), new TaskKindPaused(kind));
  }

  /** Has tasks of a kind claimed again. */
  public void resume(Emitter by, String kind) {
    change(by, kind, TASK_KINDS.PAUSED_AT, null, new TaskKindResumed(kind));
  }

  /**
   * Limits how many tasks of a kind are held at once.
   *
   * @param mostHeld at least 1, empty for any number
   * @throws InvalidTaskException when the limit is less than 1
   */
  public void limit(Emitter by, String kind, Optional<Integer> mostHeld) {
    if (mostHeld.filter(most -> most < 1).isPresent()) {
      throw new InvalidTaskException(
          "the limit is " + mostHeld.get() + "; give at least 1, or pause the kind");
    }
    Long most = mostHeld.map(Integer::longValue).orElse(null);
    change(by, kind, TASK_KINDS.MOST_HELD, most, new TaskKindLimited(kind, mostHeld));
  }

  /** The kinds about which something is decided, by name. */
  public List<Rule> rules() {
    return database.read(
        sql ->
            sql.selectFrom(TASK_KINDS)
                .where(TASK_KINDS.PAUSED_AT.isNotNull().or(TASK_KINDS.MOST_HELD.isNotNull()))
                .orderBy(TASK_KINDS.KIND)
                .fetch(
                    row ->
                        new Rule(
                            row.get(TASK_KINDS.KIND),
                            Optional.ofNullable(row.get(TASK_KINDS.PAUSED_AT))
                                .map(Instant::ofEpochMilli),
                            Optional.ofNullable(row.get(TASK_KINDS.MOST_HELD))
                                .map(Long::intValue))));
  }

  /** Holds for tasks whose kind is neither paused nor at its limit. */
  static Condition isOpen(DSLContext sql) {
    return TASKS.KIND.notIn(closed(sql));
  }

  /** The kinds that are paused or at their limit. */
  static Select<Record1<String>> closed(DSLContext sql) {
    Field<Integer> held =
        sql.selectCount()
            .from(TASKS.as("held"))
            .where(DSL.field(DSL.name("held", "kind"), String.class).eq(TASK_KINDS.KIND))
            .and(
                DSL.field(DSL.name("held", "state"), String.class)
                    .eq(DSL.inline(TaskState.CLAIMED.wireName())))
            .asField();
    return sql.select(TASK_KINDS.KIND)
        .from(TASK_KINDS)
        .where(TASK_KINDS.PAUSED_AT.isNotNull())
        .or(TASK_KINDS.MOST_HELD.le(held.cast(Long.class)));
  }

  private void change(
      Emitter by, String kind, Field<Long> column, @Nullable Long value, EventPayload event) {
    TaskSpec.requireKind(kind);
    database.write(
        transaction -> {
          set(transaction, kind, column, value);
          return log.append(transaction, by, event);
        });
  }

  private static void set(
      Transaction transaction, String kind, Field<Long> column, @Nullable Long value) {
    transaction
        .sql()
        .insertInto(TASK_KINDS)
        .set(TASK_KINDS.KIND, kind)
        .set(column, value)
        .onConflict(TASK_KINDS.KIND)
        .doUpdate()
        .set(column, value)
        .execute();
  }
}
