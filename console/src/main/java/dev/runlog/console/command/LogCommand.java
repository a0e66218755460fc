package dev.runlog.console.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventNames;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.InvalidEventException;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.process.CallingRun;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Logs an event of a type of the user's own, from a shell or a program of any language. */
@Command(
    name = "log",
    description = "Log an event of your own.",
    footer = {
      "",
      "It belongs to the run in RUNLOG_RUN_ID, which 'runlog exec' sets; without one to a run of"
          + " its own under PARENT_RUN_ID. Prints nothing but what --json asks for: the id.",
      "",
      "Example: runlog log --type index.rebuilt --payload '{\"documents\": 120}'"
    })
public final class LogCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  /** Calls to a model may be made by any program; the other types say what Runlog itself did. */
  private static final String TYPES_FOR_ALL = "llm_call.";

  private final RunlogCommand root;

  @Option(
      names = "--type",
      paramLabel = "SCOPE.FACT",
      required = true,
      description = "Type of the event, such as index.rebuilt.")
  private String type = "";

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "What it says, a JSON object; - reads it from standard input.")
  private String payload = "{}";

  public LogCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    requireOwnType();
    UserEvent event = new UserEvent(type, fieldsOf(text()));
    Optional<CallingRun> caller = CallingRun.of(root.env());
    if (caller.isPresent()) {
      tell(caller.get().append(event));
      return ExitCode.OK;
    }
    return root.writing(
        context -> {
          tell(context.events().append(event));
          return ExitCode.OK;
        });
  }

  private void tell(EventId id) {
    if (root.isJson()) {
      root.print(Json.object().put("id", id.value()));
    }
  }

  private void requireOwnType() {
    try {
      EventNames.require(type);
    } catch (InvalidEventException e) {
      throw refusal(String.valueOf(e.getMessage()));
    }
    if (EventType.ofWireName(type).isPresent() && !type.startsWith(TYPES_FOR_ALL)) {
      throw refusal(type + " says what Runlog itself did; choose a type of your own");
    }
  }

  private String text() {
    if (!payload.equals(STANDARD_INPUT)) {
      return payload;
    }
    try {
      byte[] bytes = root.terminal().in().readNBytes(EventLog.LARGEST_PAYLOAD_BYTES + 1);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refusal("read standard input: " + e.getMessage());
    }
  }

  private static Map<String, JsonNode> fieldsOf(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > EventLog.LARGEST_PAYLOAD_BYTES) {
      throw refusal(
          "the payload has more than "
              + EventLog.LARGEST_PAYLOAD_BYTES
              + " bytes; store the content elsewhere and log its name");
    }
    try {
      ObjectNode object = Json.readObject(text);
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      return fields;
    } catch (JsonException e) {
      throw refusal("the payload is not a JSON object: " + e.getMessage());
    }
  }

  private static ProcessFailure refusal(String why) {
    return new ProcessFailure(ExitCode.USAGE, why + "; nothing was logged");
  }
}
