package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.render.ContextTable;
import dev.runlog.console.render.SafeText;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What filled the context of one call. */
@Command(
    name = "context",
    description = "Show what filled the context of one call to a model, in tokens.")
public final class ContextCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(
      paramLabel = "CALL",
      description =
          "Id of the call's llm_call.started, or of an event that closes it or reports a retry.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private EventId id;

  public ContextCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    EventQuery query = new EventQuery(database);
    Event given = query.find(id).orElseThrow(() -> Unknown.event(id));
    Event started = startOf(given, query);
    LlmCallStarted call = payloadOf(started);
    if (root.isJson()) {
      root.print(json(started, call));
      return ExitCode.OK;
    }
    print(started, call);
    return ExitCode.OK;
  }

  private void print(Event started, LlmCallStarted call) {
    PrintStream out = root.terminal().out();
    String model = SafeText.onOneLine(call.modelName());
    out.println("call " + started.id() + " of run " + started.runId() + " to " + model);
    if (call.context().isEmpty()) {
      String reason = call.contextError().orElse("no reason given");
      out.println("its context was not counted: " + SafeText.onOneLine(reason));
      return;
    }
    ContextTable table = new ContextTable(call.context().get());
    out.println(table.summary());
    out.println(SafeText.onOneLine(table.exactness()));
    out.println();
    root.terminal().print(table.table());
  }

  private static ObjectNode json(Event started, LlmCallStarted call) {
    ObjectNode json = Json.object();
    json.put("started_event_id", started.id().value());
    json.put("run_id", started.runId().value());
    json.put("model_name", call.modelName());
    json.set("context", Json.tree(call.context()));
    json.put("context_error", call.contextError().orElse(null));
    return json;
  }

  /** The event itself, or the one that it names as its start. */
  private static Event startOf(Event given, EventQuery query) {
    return (given.is(EventType.LLM_CALL_STARTED)
            ? Optional.of(given)
            : startedEventId(given)
                .flatMap(query::find)
                .filter(event -> event.is(EventType.LLM_CALL_STARTED)))
        .orElseThrow(
            () ->
                usage(
                    "event "
                        + given.id()
                        + " is "
                        + given.eventType()
                        + ", no call to a model; 'runlog tail --type llm_call.started' shows the calls"));
  }

  private static Optional<EventId> startedEventId(Event event) {
    try {
      return event
          .payload()
          .map(text -> Json.readObject(text).path("started_event_id").asLong())
          .filter(start -> start > 0)
          .map(EventId::new);
    } catch (JsonException e) {
      // A row that another program wrote: it names no start.
      return Optional.empty();
    }
  }

  private static LlmCallStarted payloadOf(Event started) {
    try {
      return Json.read(started.payload().orElse("{}"), LlmCallStarted.class);
    } catch (JsonException e) {
      throw usage("the payload of event " + started.id() + " cannot be read: " + e.getMessage());
    }
  }

  private static ProcessFailure usage(String message) {
    return new ProcessFailure(ExitCode.USAGE, message);
  }
}
