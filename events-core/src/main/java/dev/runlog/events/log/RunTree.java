package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads who started whom, and how each run ended. Thread-safe. */
public final class RunTree {

  private static final List<EventType> OWN_ENDS =
      List.of(EventType.PROCESS_STOPPED, EventType.PROCESS_FAILED);
  private static final List<EventType> SEEN_ENDS =
      List.of(EventType.WORKER_EXITED, EventType.WORKER_CRASHED);

  private static final List<EventType> TELLING =
      Stream.of(List.of(EventType.PROCESS_STARTED), OWN_ENDS, SEEN_ENDS)
          .flatMap(List::stream)
          .toList();

  private final Database database;

  public RunTree(Database database) {
    this.database = database;
  }

  /** All roots with their descendants, in the order of their ids. */
  public List<Run> roots() {
    return database.read(
        sql -> {
          List<Event> telling = fetch(sql, DSL.noCondition());
          return assemble(telling, endings(telling));
        });
  }

  /** A run with its descendants, empty when there is no such run. */
  public Optional<Run> of(RunId root) {
    return database.read(sql -> tree(sql, root, fetch(sql, isOfSubtree(root))));
  }

  /** A run with its descendants and the events of each, empty when there is no such run. */
  public Optional<RunHistory> historyOf(RunId root) {
    return database.read(
        sql -> {
          List<Event> events = inOrder(sql, isOfSubtree(root));
          return tree(sql, root, events)
              .map(
                  run ->
                      new RunHistory(
                          run, events.stream().collect(Collectors.groupingBy(Event::runId))));
        });
  }

  /** Sorted here: the store would sort whole payloads, and on disk when they are many. */
  private static List<Event> inOrder(DSLContext sql, Condition condition) {
    List<Event> events =
        EventRows.fetch(sql.select(EventRows.COLUMNS).from(EVENTS).where(condition));
    events.sort(Comparator.comparingLong(event -> event.id().value()));
    return events;
  }

  private record Ending(RunState state, Instant at) {}

  private static Condition isOfSubtree(RunId root) {
    return EVENTS.RUN_ID.in(EventQuery.subtreeOf(root));
  }

  /** The tree that the events of its own runs tell, and others of runs whose end those do not. */
  private static Optional<Run> tree(DSLContext sql, RunId root, List<Event> events) {
    Map<RunId, Ending> endings = endings(events);
    addEndingsSeenElsewhere(sql, events, endings);
    return assemble(events, endings).stream().filter(run -> run.id().equals(root)).findFirst();
  }

  /** A supervisor that comes later tells the end of runs whose parent died. */
  private static void addEndingsSeenElsewhere(
      DSLContext sql, List<Event> events, Map<RunId, Ending> endings) {
    List<Event> open =
        events.stream()
            .filter(event -> event.is(EventType.PROCESS_STARTED))
            .filter(start -> !endings.containsKey(start.runId()))
            .toList();
    if (!open.isEmpty()) {
      Condition later = EVENTS.ID.gt(open.get(0).id().value());
      Map<RunId, Ending> seen =
          endings(fetch(sql, later.and(EVENTS.EVENT_TYPE.in(names(SEEN_ENDS)))));
      open.forEach(
          start ->
              Optional.ofNullable(seen.get(start.runId()))
                  .ifPresent(ending -> endings.put(start.runId(), ending)));
    }
  }

  private static List<Run> assemble(List<Event> events, Map<RunId, Ending> endings) {
    Map<RunId, Event> starts = new LinkedHashMap<>();
    events.stream()
        .filter(event -> event.is(EventType.PROCESS_STARTED))
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
        startOf(start, payload),
        payload.path("pid").asLong(),
        payload.path("host").asText(),
        ending.map(Ending::state).orElse(RunState.RUNNING),
        ending.map(Ending::at),
        children);
  }

  /** Its {@code uptime_ms} at its end counts from the same moment. */
  private static Instant startOf(Event start, JsonNode payload) {
    long startedAt = payload.path("started_at").asLong();
    return startedAt > 0 ? Instant.ofEpochMilli(startedAt) : start.timestamp();
  }

  /**
   * What a run says of its own end counts before what its parent saw: the parent of a stopped run
   * sees only an exit code.
   */
  private static Map<RunId, Ending> endings(List<Event> events) {
    Map<RunId, Ending> endings = new HashMap<>();
    for (Event seen : events) {
      if (isOneOf(SEEN_ENDS, seen)) {
        long child = payloadOf(seen).path("worker_run_id").asLong(0);
        if (child > 0) {
          endings.put(new RunId(child), endingBy(seen));
        }
      }
    }
    events.stream()
        .filter(event -> isOneOf(OWN_ENDS, event))
        .forEach(own -> endings.put(own.runId(), endingBy(own)));
    return endings;
  }

  private static Ending endingBy(Event event) {
    EventType type = EventType.ofWireName(event.eventType()).orElseThrow();
    return new Ending(RunState.after(type), event.timestamp());
  }

  private static boolean isOneOf(List<EventType> types, Event event) {
    return types.stream().anyMatch(event::is);
  }

  /** The events that tell of starts and ends. */
  private static List<Event> fetch(DSLContext sql, Condition condition) {
    return EventRows.fetch(
        sql.select(EventRows.COLUMNS)
            .from(EVENTS)
            .where(EVENTS.EVENT_TYPE.in(names(TELLING)))
            .and(condition)
            .orderBy(EVENTS.ID));
  }

  private static List<String> names(List<EventType> types) {
    return types.stream().map(EventType::wireName).toList();
  }

  private static JsonNode payloadOf(Event event) {
    return event.payload().<JsonNode>map(Json::readObject).orElseGet(Json::object);
  }
}
