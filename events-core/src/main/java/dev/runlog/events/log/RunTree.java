package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads who started whom, and how each run ended. Thread-safe. */
public final class RunTree {

  private static final List<EventType> OWN_ENDS =
      List.of(EventType.PROCESS_STOPPED, EventType.PROCESS_FAILED);
  private static final List<EventType> SEEN_ENDS =
      List.of(EventType.WORKER_EXITED, EventType.WORKER_CRASHED);

  private final Database database;

  public RunTree(Database database) {
    this.database = database;
  }

  /** All roots with their descendants, in the order of their ids. */
  public List<Run> roots() {
    return database.read(sql -> assemble(sql, DSL.noCondition()));
  }

  /** A run with its descendants, empty when there is no such run. */
  public Optional<Run> of(RunId root) {
    return database
        .read(sql -> assemble(sql, EVENTS.RUN_ID.in(EventQuery.subtreeOf(root))))
        .stream()
        .filter(run -> run.id().equals(root))
        .findFirst();
  }

  private record Ending(RunState state, Instant at) {}

  private static List<Run> assemble(DSLContext sql, Condition runs) {
    Map<RunId, Ending> endings = endings(sql, runs);
    Map<RunId, Event> starts = new java.util.LinkedHashMap<>();
    fetch(sql, List.of(EventType.PROCESS_STARTED), runs)
        .forEach(start -> starts.put(start.runId(), start));
    Map<RunId, List<Event>> childrenByParent = new HashMap<>();
    List<Event> roots = new ArrayList<>();
    for (Event start : starts.values()) {
      Optional<RunId> knownParent = start.emitter().parentRunId().filter(starts::containsKey);
      knownParent
          .map(parent -> childrenByParent.computeIfAbsent(parent, p -> new ArrayList<>()))
          .orElse(roots)
          .add(start);
    }
    return roots.stream().map(root -> toRun(root, childrenByParent, endings)).toList();
  }

  private static Run toRun(
      Event start, Map<RunId, List<Event>> childrenByParent, Map<RunId, Ending> endings) {
    List<Run> children =
        childrenByParent.getOrDefault(start.runId(), List.of()).stream()
            .map(child -> toRun(child, childrenByParent, endings))
            .toList();
    JsonNode payload = payloadOf(start);
    Optional<Ending> ending = Optional.ofNullable(endings.get(start.runId()));
    return new Run(
        start.emitter(),
        start.timestamp(),
        payload.path("pid").asLong(),
        payload.path("host").asText(),
        ending.map(Ending::state).orElse(RunState.RUNNING),
        ending.map(Ending::at),
        children);
  }

  /**
   * What a run says of its own end counts before what its parent saw: the parent of a stopped run
   * sees only an exit code.
   */
  private static Map<RunId, Ending> endings(DSLContext sql, Condition runs) {
    Map<RunId, Ending> endings = new HashMap<>();
    for (Event seen : fetch(sql, SEEN_ENDS, DSL.noCondition())) {
      long child = payloadOf(seen).path("worker_run_id").asLong(0);
      if (child > 0) {
        endings.put(new RunId(child), endingBy(seen));
      }
    }
    fetch(sql, OWN_ENDS, runs).forEach(own -> endings.put(own.runId(), endingBy(own)));
    return endings;
  }

  private static Ending endingBy(Event event) {
    EventType type = EventType.ofWireName(event.eventType()).orElseThrow();
    return new Ending(RunState.after(type), event.timestamp());
  }

  private static List<Event> fetch(
      DSLContext sql, Collection<EventType> types, Condition condition) {
    return sql.select(EventRows.COLUMNS)
        .from(EVENTS)
        .where(EVENTS.EVENT_TYPE.in(types.stream().map(EventType::wireName).toList()))
        .and(condition)
        .orderBy(EVENTS.ID)
        .fetch(EventRows::toEvent);
  }

  private static JsonNode payloadOf(Event event) {
    return event.payload().<JsonNode>map(Json::readObject).orElseGet(Json::object);
  }
}
