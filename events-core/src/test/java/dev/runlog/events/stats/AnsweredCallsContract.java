package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.StoreContract;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.events.pricing.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of single calls must be the same on every store. */
abstract class AnsweredCallsContract extends StoreContract {

  private static final String EXACT = "estimate_exactness: 'exact'";

  @TempDir private Path directory;
  private Emitter worker;

  @BeforeEach
  void startAWorker() {
    worker = root("W00001", "worker");
  }

  @Test
  void tellsHowExactlyContextsWereCounted() {
    complete(
        worker, "small", "input_tokens: 100, estimated_input_tokens: 100, %s".formatted(EXACT));
    complete(worker, "small", "input_tokens: 100, estimated_input_tokens: 98, %s".formatted(EXACT));
    complete(worker, "small", "input_tokens: 1000, estimated_input_tokens: 1100");
    complete(worker, "small", "input_tokens: 1000");
    complete(worker, "small", "estimated_input_tokens: 1100");
    complete(worker, "large", "input_tokens: 5, estimated_input_tokens: 5");

    var byModel = AnsweredCalls.ofAll(database, TimeWindow.ALL).accuracyByModel();

    assertThat(byModel.keySet()).containsExactly("large", "small");
    EstimateAccuracy small = byModel.getOrDefault("small", EstimateAccuracy.NONE);
    assertThat(small.calls()).isEqualTo(3);
    assertThat(small.exactShare().orElseThrow()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(small.closeShare().orElseThrow()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(small.meanRelativeError().orElseThrow()).isCloseTo(0.04, within(1e-9));
    assertThat(small.calledExact()).isEqualTo(2);
    assertThat(small.rightlyCalledExactShare()).hasValue(0.5);
    assertThat(byModel.getOrDefault("large", EstimateAccuracy.NONE).rightlyCalledExactShare())
        .isEmpty();
  }

  @Test
  void pricesHistoryByAnotherTable() throws IOException {
    String tokens = "input_tokens: 3000, cached_input_tokens: 1000, output_tokens: 100";
    complete(worker, "small", tokens + ", cache_write_tokens: 500, cost_usd: 0.5");
    complete(worker, "small", tokens + ", service_tier: 'batch'");
    complete(worker, "small", "cost_usd: 0.25");
    complete(worker, "unheard-of", tokens + ", cost_usd: 1");

    var byModel = AnsweredCalls.ofAll(database, TimeWindow.ALL).repricedByModel(prices());

    RepricedCost small = byModel.getOrDefault("small", RepricedCost.NONE);
    assertThat(small.calls()).isEqualTo(3);
    assertThat(small.priced()).isEqualTo(2);
    assertThat(small.costUsd()).isEqualByComparingTo("0.75");
    assertThat(small.repriced()).isEqualTo(2);
    // 1.5 + 0.1 + 1 + 0.4 thousandths, and half of 2 + 0.1 + 0.4 thousandths.
    assertThat(small.repricedCostUsd()).isEqualByComparingTo("0.00425");
    assertThat(byModel.getOrDefault("unheard-of", RepricedCost.NONE).repriced()).isZero();
  }

  @Test
  void keepsThePriceOfItsDayForEachCall() throws IOException {
    PriceTable dearerFromTomorrow =
        prices(
            """
            {"prices": [{"model": "small", "input": 1}, {"model": "small", "from": "2030-02-01", "input": 2}]}
            """);
    complete(worker, "small", "input_tokens: 1000000");
    now = NOW.plus(Duration.ofDays(1));
    complete(worker, "small", "input_tokens: 1000000");

    var byModel = AnsweredCalls.ofAll(database, TimeWindow.ALL).repricedByModel(dearerFromTomorrow);

    assertThat(byModel.getOrDefault("small", RepricedCost.NONE).repricedCostUsd())
        .isEqualByComparingTo("3");
  }

  @Test
  void readsOnlyTheRunsAndTheTimeThatAreAskedFor() {
    Emitter child = childOf(worker, "W00002", "worker");
    Emitter other = root("W00003", "worker");
    String agreeing = "input_tokens: 1, estimated_input_tokens: 1";
    complete(worker, "small", agreeing);
    complete(child, "small", agreeing);
    complete(other, "small", agreeing);
    now = NOW.plusSeconds(1);
    complete(child, "small", agreeing);

    TimeWindow first = new TimeWindow(Optional.empty(), Optional.of(now));
    assertThat(countOf(worker.runId(), TimeWindow.ALL)).isEqualTo(3);
    assertThat(countOf(worker.runId(), first)).isEqualTo(2);
    assertThat(countOf(child.runId(), first)).isEqualTo(1);
    assertThat(AnsweredCalls.ofSubtree(database, run(999_999), first)).isEmpty();
  }

  @Test
  void readsBeyondOnePage() {
    List<EventPayload> calls =
        IntStream.range(0, 2001)
            .mapToObj(i -> completed("small", "input_tokens: 1, estimated_input_tokens: 1"))
            .toList();
    calls.stream()
        .map(call -> log.appendAsync(worker, call))
        .toList()
        .forEach(CompletableFuture::join);

    var byModel = AnsweredCalls.ofAll(database, TimeWindow.ALL).accuracyByModel();

    assertThat(byModel.getOrDefault("small", EstimateAccuracy.NONE).calls()).isEqualTo(2001);
  }

  @Test
  void passesOverFiguresThatAreNone() {
    complete(worker, "small", "input_tokens: 'many', estimated_input_tokens: 1, cost_usd: 'dear'");
    complete(worker, "small", "input_tokens: 1e300, estimated_input_tokens: -7");

    AnsweredCalls calls = AnsweredCalls.ofAll(database, TimeWindow.ALL);

    assertThat(calls.accuracyByModel().getOrDefault("small", EstimateAccuracy.NONE).calls())
        .isEqualTo(1);
    assertThat(
            calls
                .repricedByModel(PriceTable.builtIn())
                .getOrDefault("small", RepricedCost.NONE)
                .priced())
        .isZero();
  }

  private long countOf(RunId run, TimeWindow window) {
    return AnsweredCalls.ofSubtree(database, run, window)
        .orElseThrow()
        .accuracyByModel()
        .getOrDefault("small", EstimateAccuracy.NONE)
        .calls();
  }

  private void complete(Emitter by, String model, String fields) {
    log.append(by, completed(model, fields));
  }

  /** Fields as in JSON, without the quotes of their names and with single ones around words. */
  private static EventPayload completed(String model, String fields) {
    String quoted = fields.replaceAll("(\\w+):", "\"$1\":").replace('\'', '"');
    Map<String, JsonNode> payload = new LinkedHashMap<>();
    Json.readObject("{\"model_name\": \"%s\", %s}".formatted(model, quoted))
        .properties()
        .forEach(field -> payload.put(field.getKey(), field.getValue()));
    return new UserEvent("llm_call.completed", payload);
  }

  private PriceTable prices() throws IOException {
    return prices(
        """
        {"prices": [{"model": "small", "input": 1, "cached_input": 0.1, "cache_write": 2, "output": 4}], "batch_factor": 0.5}
        """);
  }

  private PriceTable prices(String json) throws IOException {
    return PriceTable.ofFile(Files.writeString(directory.resolve("prices.json"), json));
  }
}
