package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.stats.CallStats;
import dev.runlog.events.stats.EstimateCheck;
import dev.runlog.events.stats.Latencies;
import dev.runlog.events.stats.RunCalls;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statistics as JSON; durations in milliseconds, costs in US dollars, null where nobody knows. */
public final class StatsJson {

  private StatsJson() {}

  /** A group under its name, such as {@code "model": "gpt-5-mini"}. */
  public static ObjectNode of(String groupedBy, String name, CallStats stats) {
    ObjectNode json = Json.object().put(groupedBy, name);
    json.setAll(of(stats));
    return json;
  }

  public static ObjectNode of(RunCalls run) {
    ObjectNode json = Json.object();
    json.put("run_id", run.run().value());
    json.put("instance_id", run.instanceId());
    json.put("depth", run.depth());
    json.set("own", of(run.own()));
    json.set("inclusive", of(run.inclusive()));
    return json;
  }

  private static ObjectNode of(CallStats stats) {
    ObjectNode json = Json.object();
    json.put("calls", stats.calls());
    json.put("completed", stats.completed());
    json.put("failed", stats.failed());
    json.put("lost", stats.lost());
    json.put("running", stats.running());
    json.put("without_usage", stats.withoutUsage());
    json.put("input_tokens", stats.inputTokens());
    json.put("output_tokens", stats.outputTokens());
    json.put("cached_input_tokens", stats.cachedInputTokens());
    json.put("reasoning_tokens", stats.reasoningTokens());
    json.put("priced_calls", stats.priced());
    json.put("cost_usd", stats.priced() == 0 ? null : stats.costUsd());
    json.set("latency_ms", of(stats.latencies()));
    json.set("estimate", of(stats.estimate()));
    return json;
  }

  private static ObjectNode of(Latencies latencies) {
    ObjectNode json = Json.object();
    json.put("mean", millis(latencies.mean()));
    json.put("p50", millis(latencies.percentile(50)));
    json.put("p95", millis(latencies.percentile(95)));
    return json;
  }

  private static ObjectNode of(EstimateCheck estimate) {
    ObjectNode json = Json.object();
    json.put("calls", estimate.calls());
    json.put("estimated_tokens", estimate.estimatedTokens());
    json.put("reported_tokens", estimate.reportedTokens());
    json.put("absolute_error_tokens", estimate.absoluteErrorTokens());
    return json;
  }

  private static @Nullable Long millis(Optional<Duration> duration) {
    return duration.map(Duration::toMillis).orElse(null);
  }
}
