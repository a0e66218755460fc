package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Task;

/** A task as JSON, its fields exactly the columns of the table; request and result are objects. */
public final class TaskJson {

  private TaskJson() {}

  public static ObjectNode of(Task task) {
    ObjectNode json = Json.object();
    json.put("id", task.id().value());
    json.put("kind", task.kind());
    json.put("state", task.state().wireName());
    json.put("priority", task.priority());
    json.put("run_at", task.runAt().toEpochMilli());
    json.put("attempt", task.attempt());
    json.put("max_attempts", task.maxAttempts());
    json.put("crashes", task.crashes());
    json.put("unique_key", task.uniqueKey().orElse(null));
    json.set("request", JsonFields.object(task.request()));
    json.set("result", JsonFields.object(task.result()));
    json.put("error", task.error().orElse(null));
    json.put("submitted_at", task.submittedAt().toEpochMilli());
    json.put("submitted_by", task.submittedBy().value());
    json.put("claimed_at", JsonFields.millis(task.claimedAt()));
    json.put("claimed_by", task.claimedBy().map(RunId::value).orElse(null));
    json.put("claim_event_id", task.claimEventId().map(EventId::value).orElse(null));
    json.put("cancel_requested_at", JsonFields.millis(task.cancelRequestedAt()));
    json.put("finished_at", JsonFields.millis(task.finishedAt()));
    return json;
  }
}
