package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.EventRow;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.TaskClaimed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * All of it in one statement of PostgreSQL, since each statement is a journey to the server and
 * back. Java writes the events as everywhere; the two numbers of a {@code task.claimed} that only
 * the statement learns, it puts in itself. Tasks of limited kinds are claimed stepwise: who counts
 * them has to wait for others first, and to see what they committed.
 */
final class CombinedAttempts implements Attempts {

  private static final String COLUMNS =
      Arrays.stream(TASKS.fields()).map(Field::getName).collect(Collectors.joining(", begun."));

  /**
   * The parts depend on each other in this order, so that the event of the end has the lower id:
   * nothing is claimed by whom the fence turned away, and no id is drawn for what is not claimed.
   * The fence compares in a way that only the index of ids serves, and nothing is sorted: a plan is
   * kept from the time when the table was small, and the queue is long when it matters.
   */
  private static final String STATEMENT =
      """
      SET LOCAL enable_sort = off;
      WITH given AS MATERIALIZED (
          SELECT ?::text[] AS kinds, ?::bigint AS now, ?::boolean AS is_first
      ), ended AS (
          UPDATE tasks
          SET state = 'done', finished_at = ?, result = ?, claimed_at = NULL, claimed_by = NULL, claim_event_id = NULL
          WHERE id = ?
              AND (state, claimed_by, attempt, claim_event_id) IS NOT DISTINCT FROM ('claimed', ?::bigint, ?::bigint, ?::bigint)
          RETURNING nextval('events_id_seq') AS event_id
      ), limited AS MATERIALIZED (
          SELECT kind FROM task_kinds WHERE most_held IS NOT NULL AND kind = ANY ((SELECT kinds FROM given)::text[])
      ), next AS MATERIALIZED (
          SELECT id
          FROM tasks
          WHERE ((SELECT is_first FROM given) OR EXISTS (SELECT FROM ended)) AND NOT EXISTS (SELECT FROM limited)
              AND state = 'queued' AND (run_at <= (SELECT now FROM given) OR run_at <= submitted_at)
              AND kind = ANY ((SELECT kinds FROM given)::text[])
              AND kind NOT IN (SELECT kind FROM task_kinds WHERE paused_at IS NOT NULL)
          ORDER BY priority DESC, run_at, id
          LIMIT 1
          FOR UPDATE SKIP LOCKED
      ), numbered AS MATERIALIZED (
          SELECT id, nextval('events_id_seq') AS event_id FROM next
      ), begun AS (
          UPDATE tasks
          SET state = 'claimed', attempt = attempt + 1, claimed_at = (SELECT now FROM given), claimed_by = ?,
              claim_event_id = numbered.event_id
          FROM numbered
          WHERE tasks.id = numbered.id
          RETURNING tasks.*
      ), told AS (
          INSERT INTO events (id, timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)
          SELECT fact.id, fact.timestamp, ?::bigint, ?::bigint, ?::text, ?::text, fact.event_type, fact.payload
          FROM (
              SELECT event_id AS id, ?::bigint AS timestamp, 'task.done' AS event_type, ?::text AS payload
              FROM ended
              UNION ALL
              SELECT claim_event_id, claimed_at, 'task.claimed',
                  replace(replace(payload, '"task_id":0', '"task_id":' || id), '"attempt":0', '"attempt":' || attempt)
              FROM begun JOIN unnest((SELECT kinds FROM given), ?::text[]) AS claims (kind, payload) USING (kind)
          ) AS fact
          RETURNING id, payload
      )
      SELECT begun.%s,
          (SELECT event_id FROM ended) AS ended_event_id,
          (SELECT payload FROM told WHERE id = begun.claim_event_id) AS claim_payload,
          EXISTS (SELECT FROM limited) AS is_limited
      FROM (SELECT) AS always LEFT JOIN begun ON true
      """
          .formatted(COLUMNS);

  private static final Field<Long> ENDED_EVENT_ID = DSL.field("ended_event_id", Long.class);
  private static final Field<String> CLAIM_PAYLOAD = DSL.field("claim_payload", String.class);
  private static final Field<Boolean> IS_LIMITED = DSL.field("is_limited", Boolean.class);
  private static final Field<?>[] RESULT = resultColumns();

  private final EventLog log;
  private final StepwiseAttempts stepwise;
  private final InstantSource clock;

  CombinedAttempts(EventLog log, StepwiseAttempts stepwise, InstantSource clock) {
    this.log = log;
    this.stepwise = stepwise;
    this.clock = clock;
  }

  @Override
  public Optional<Claim> begin(Transaction transaction, Emitter by, Collection<String> kinds) {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    Plan plan = plan(by, List.copyOf(kinds));
    return next(transaction, plan, fetch(transaction, plan, Optional.empty()));
  }

  @Override
  public Optional<Claim> completeAndBegin(
      Transaction transaction, Emitter by, Completion completion, Collection<String> kinds) {
    Ending ending = new Ending(completion, log.draft(by, completion.event()));
    Plan plan = plan(by, List.copyOf(kinds));
    Record row = fetch(transaction, plan, Optional.of(ending));
    if (row.get(ENDED_EVENT_ID) == null) {
      throw new StaleClaimException(completion.claim());
    }
    log.hasInserted(transaction, by, new EventId(row.get(ENDED_EVENT_ID)), ending.event());
    return next(transaction, plan, row);
  }

  /**
   * What ends in the statement.
   *
   * @param event its {@code task.done}
   */
  private record Ending(Completion completion, EventRow event) {}

  /**
   * What may begin in the statement.
   *
   * @param nowMillis when all of it happens
   * @param claims for each kind, in their order, the {@code task.claimed} without its two numbers
   */
  private record Plan(Emitter by, long nowMillis, List<String> kinds, List<EventRow> claims) {

    /** The event as the statement wrote it. */
    EventRow told(Task task, String payload) {
      EventRow draft = claims.get(kinds.indexOf(task.kind()));
      return new EventRow(
          nowMillis,
          draft.runId(),
          draft.parentRunId(),
          draft.instanceId(),
          draft.role(),
          draft.eventType(),
          Optional.of(payload));
    }
  }

  private Plan plan(Emitter by, List<String> kinds) {
    List<EventRow> claims =
        kinds.stream().map(kind -> log.draft(by, new TaskClaimed(0, kind, 0))).toList();
    return new Plan(by, clock.millis(), kinds, claims);
  }

  private Optional<Claim> next(Transaction transaction, Plan plan, Record row) {
    if (row.get(IS_LIMITED)) {
      return stepwise.begin(transaction, plan.by(), plan.kinds());
    }
    if (row.get(TASKS.ID) == null) {
      return Optional.empty();
    }
    Task task = TaskRows.toTask(row);
    EventId event = new EventId(row.get(TASKS.CLAIM_EVENT_ID));
    EventRow told = plan.told(task, row.get(CLAIM_PAYLOAD));
    log.hasInserted(transaction, plan.by(), event, told);
    return Optional.of(new Claim(task, event));
  }

  private Record fetch(Transaction transaction, Plan plan, Optional<Ending> ending) {
    try (ResultSet rows =
        transaction.query(STATEMENT, statement -> setValues(statement, plan, ending))) {
      return transaction.sql().fetch(rows, RESULT).get(0);
    } catch (SQLException e) {
      throw new DataAccessException("claim a task: " + e.getMessage(), e);
    }
  }

  private void setValues(PreparedStatement statement, Plan plan, Optional<Ending> ending)
      throws SQLException {
    Optional<Completion> completion = ending.map(Ending::completion);
    Optional<Claim> claim = completion.map(Completion::claim);
    Emitter by = plan.by();
    new StatementParameters(statement)
        .addTexts(plan.kinds())
        .add(plan.nowMillis())
        .add(ending.isEmpty())
        .addNumber(completion.map(done -> done.at().toEpochMilli()))
        .addText(completion.map(Completion::result))
        .addNumber(claim.map(held -> held.task().id().value()))
        .addNumber(claim.flatMap(held -> held.task().claimedBy()).map(RunId::value))
        .addNumber(claim.map(held -> (long) held.task().attempt()))
        .addNumber(claim.map(held -> held.event().value()))
        .add(by.runId().value())
        .add(by.runId().value())
        .addNumber(by.parentRunId().map(RunId::value))
        .add(by.instanceId())
        .add(by.role())
        .addNumber(ending.map(done -> done.event().timestampMillis()))
        .addText(ending.flatMap(done -> done.event().payload()))
        .addTexts(plan.claims().stream().map(row -> row.payload().orElseThrow()).toList());
  }

  private static Field<?>[] resultColumns() {
    List<Field<?>> columns = new ArrayList<>(List.of(TASKS.fields()));
    columns.addAll(List.of(ENDED_EVENT_ID, CLAIM_PAYLOAD, IS_LIMITED));
    return columns.toArray(Field[]::new);
  }
}
