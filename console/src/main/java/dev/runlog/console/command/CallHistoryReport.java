package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.render.CallHistoryJson;
import dev.runlog.console.render.CallHistoryTables;
import dev.runlog.console.render.Table;
import dev.runlog.events.stats.AnsweredCalls;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Prints what the single answered calls tell. */
final class CallHistoryReport {

  private final RunlogCommand root;

  CallHistoryReport(RunlogCommand root) {
    this.root = root;
  }

  /** Answers the question for the calls; the table of prices is read before any call is. */
  void print(StatsQuestion question, AnsweredCalls calls) {
    question
        .priceFile()
        .map(PriceOption::read)
        .ifPresentOrElse(
            prices ->
                print(
                    calls.repricedByModel(prices),
                    CallHistoryJson::of,
                    CallHistoryTables::repriced,
                    "no answered calls to models there"),
            () ->
                print(
                    calls.accuracyByModel(),
                    CallHistoryJson::of,
                    CallHistoryTables::accuracy,
                    "no calls to models there with both a count and a reported figure"));
  }

  private <T> void print(
      Map<String, T> byModel,
      BiFunction<String, T, ObjectNode> json,
      Function<Map<String, T>, Table> table,
      String nothing) {
    if (root.isJson()) {
      byModel.forEach((model, figures) -> root.print(json.apply(model, figures)));
    } else if (byModel.isEmpty()) {
      root.terminal().out().println(nothing);
    } else {
      root.terminal().print(table.apply(byModel));
    }
  }
}
