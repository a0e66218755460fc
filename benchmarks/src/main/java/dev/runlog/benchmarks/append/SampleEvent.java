package dev.runlog.benchmarks.append;

import dev.runlog.events.json.Json;
import dev.runlog.events.payload.UserEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The event that is appended in these benchmarks, with a payload of about 400 bytes. */
public final class SampleEvent {

  public static final String TYPE = "step.completed";
  public static final UserEvent PAYLOAD = new UserEvent(TYPE, fields());

  /** The same payload as the text that a program without Runlog would bind. */
  public static final String JSON = Json.write(fields());

  private SampleEvent() {}

  private static Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", "retrieve-and-summarise");
    fields.put("document_id", 4_711_023L);
    fields.put("duration_ms", 1834);
    fields.put("score", 0.8725);
    fields.put("cached", false);
    fields.put(
        "note",
        "The second source contradicts the first one on the date of the contract; both are kept,"
            + " and the question goes back to the planner with the two passages marked for review.");
    fields.put("sources", java.util.List.of("archive/2024/contract-17.pdf", "mail/88213.eml"));
    fields.put("next_step", "ask-planner");
    fields.put("requested_by", "orchestrator-main");
    return fields;
  }
}
