package dev.runlog.events.stats;

import static dev.runlog.events.schema.Tables.EVENTS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunState;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.log.TimeWindow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Finds the calls that have a start and no end: lost ones, whose run ended before them, and those
 * under way. So that it stays quick, it looks only at runs that did not end as planned, and of each
 * only at its newest {@value #MOST_EVENTS_OF_A_RUN} events, among which such calls are.
 */
final class UnendedCalls {

  private static final int MOST_EVENTS_OF_A_RUN = 1_000;

  private final Database database;

  UnendedCalls(Database database) {
    this.database = database;
  }

  /** One tally a call. */
  List<CallTally> tallies(Condition runs, TimeWindow window) {
    List<RunId> open =
        neverStopped(runs).stream().filter(run -> !startsWithoutEnd(run).isEmpty()).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    // Before the second look at the calls: those of a run that has ended by now are final.
    Map<RunId, RunState> states = states();
    return open.stream()
        .flatMap(run -> startsWithoutEnd(run).stream())
        .filter(start -> window.contains(start.timestamp()))
        .map(start -> tally(start, states.getOrDefault(start.runId(), RunState.RUNNING)))
        .toList();
  }

  private static CallTally tally(Event start, RunState state) {
    return new CallTally(
        start.runId(),
        start.emitter().instanceId(),
        start.emitter().role(),
        payloadOf(start).path("model_name").asText("unknown"),
        state == RunState.RUNNING ? CallStats.ONE_RUNNING : CallStats.ONE_LOST);
  }

  private List<RunId> neverStopped(Condition runs) {
    return database.read(
        sql ->
            sql
                .select(EVENTS.RUN_ID)
                .from(EVENTS)
                .where(isOf(EventType.PROCESS_STARTED))
                .and(runs)
                .except(
                    DSL.select(EVENTS.RUN_ID).from(EVENTS).where(isOf(EventType.PROCESS_STOPPED)))
                .fetch(EVENTS.RUN_ID)
                .stream()
                .map(RunId::new)
                .sorted(Comparator.comparingLong(RunId::value))
                .toList());
  }

  private static Condition isOf(EventType type) {
    return EVENTS.EVENT_TYPE.eq(DSL.inline(type.wireName()));
  }

  private List<Event> startsWithoutEnd(RunId run) {
    Map<Long, Event> open = new LinkedHashMap<>();
    for (Event event : new EventQuery(database).lastOf(run, MOST_EVENTS_OF_A_RUN)) {
      if (event.is(EventType.LLM_CALL_STARTED)) {
        open.put(event.id().value(), event);
      } else if (event.is(EventType.LLM_CALL_COMPLETED) || event.is(EventType.LLM_CALL_FAILED)) {
        open.remove(payloadOf(event).path("started_event_id").asLong());
      }
    }
    return List.copyOf(open.values());
  }

  private Map<RunId, RunState> states() {
    Map<RunId, RunState> states = new HashMap<>();
    new RunTree(database)
        .roots().stream()
            .flatMap(UnendedCalls::withDescendants)
            .forEach(run -> states.put(run.id(), run.state()));
    return states;
  }

  private static Stream<Run> withDescendants(Run run) {
    return Stream.concat(
        Stream.of(run), run.children().stream().flatMap(UnendedCalls::withDescendants));
  }

  private static JsonNode payloadOf(Event event) {
    try {
      return event.payload().<JsonNode>map(Json::readObject).orElseGet(Json::object);
    } catch (JsonException e) {
      // A row that another program wrote; it names no call and no model.
      return Json.object();
    }
  }
}
