package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.stats.EstimateAccuracy;
import dev.runlog.events.stats.RepricedCost;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The same as JSON; shares from 0 to 1, costs in US dollars, null where nobody knows. */
public final class CallHistoryJson {

  private CallHistoryJson() {}

  public static ObjectNode of(String model, EstimateAccuracy accuracy) {
    ObjectNode json = Json.object().put("model", model);
    json.put("calls", accuracy.calls());
    json.put("exact_calls", accuracy.exact());
    json.put("close_calls", accuracy.close());
    json.put("exact_share", orNull(accuracy.exactShare()));
    json.put("close_share", orNull(accuracy.closeShare()));
    json.put("mean_relative_error", orNull(accuracy.meanRelativeError()));
    json.put("called_exact", accuracy.calledExact());
    json.put("rightly_called_exact", accuracy.rightlyCalledExact());
    return json;
  }

  public static ObjectNode of(String model, RepricedCost cost) {
    ObjectNode json = Json.object().put("model", model);
    json.put("calls", cost.calls());
    json.put("priced_calls", cost.priced());
    json.put("cost_usd", cost.priced() == 0 ? null : cost.costUsd());
    json.put("repriced_calls", cost.repriced());
    json.put("repriced_cost_usd", cost.repriced() == 0 ? null : cost.repricedCostUsd());
    return json;
  }

  private static @Nullable Double orNull(OptionalDouble figure) {
    return figure.isPresent() ? figure.getAsDouble() : null;
  }
}
