package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import java.time.Instant;

/** A run of the tree as JSON; times in Unix epoch milliseconds, counts over its own events. */
public final class RunJson {

  private RunJson() {}

  /**
   * The run of a row.
   *
   * @param now until when a run that has not ended is up
   */
  public static ObjectNode of(RunRow row, RunRow.Work work, Instant now) {
    Run run = row.run();
    ObjectNode json = Json.object();
    json.put("run_id", run.id().value());
    json.put("parent_run_id", run.emitter().parentRunId().map(RunId::value).orElse(null));
    json.put("depth", row.depth());
    json.put("instance_id", run.emitter().instanceId());
    json.put("role", run.emitter().role());
    json.put("state", RunTreeTable.wireName(run.state()));
    json.put("pid", run.pid());
    json.put("host", run.host());
    json.put("started_at", run.startedAt().toEpochMilli());
    json.put("ended_at", JsonFields.millis(run.endedAt()));
    json.put("uptime_ms", RunTreeTable.uptime(run, now).toMillis());
    json.put("tasks_done", work.tasksDone());
    json.put("calls", work.calls().calls());
    json.put("input_tokens", work.calls().inputTokens());
    json.put("output_tokens", work.calls().outputTokens());
    return json;
  }
}
