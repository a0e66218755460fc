package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.runlog.events.StoreContract;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.payload.UserEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums beside the events are always what the events say. */
abstract class CallTotalsContract extends StoreContract {

  private Emitter worker;

  @BeforeEach
  void startAWorker() {
    worker = root("W00001", "worker");
  }

  @Test
  void countsEachCallOfAWindowOnceWhereverItBeginsAndEnds() {
    List<Instant> ends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      now = NOW.plus(Duration.ofMinutes(7L * i));
      ends.add(now);
      call(Map.of("latency_ms", 10, "input_tokens", 1));
    }
    Random random = new Random(4711);
    for (int i = 0; i < 50; i++) {
      Instant from = NOW.plusMillis(random.nextLong(40_000_000));
      Instant until = from.plusMillis(random.nextLong(20_000_000));
      TimeWindow window = new TimeWindow(Optional.of(from), Optional.of(until));

      CallStats total = query().ofAll(window).total();

      long expected = ends.stream().filter(window::contains).count();
      assertThat(total.inputTokens()).describedAs("%s", window).isEqualTo(expected);
      assertThat(total.latencies().count()).isEqualTo(expected);
    }
  }

  @Test
  void reachesAsFarAsAnOpenWindow() {
    call(Map.of("input_tokens", 1));
    now = NOW.plus(Duration.ofHours(3));
    call(Map.of("input_tokens", 2));

    assertThat(input(new TimeWindow(Optional.of(NOW.plusMillis(1)), Optional.empty())))
        .isEqualTo(2);
    assertThat(input(new TimeWindow(Optional.empty(), Optional.of(now)))).isEqualTo(1);
    assertThat(input(TimeWindow.ALL)).isEqualTo(3);
  }

  @Test
  void groupsByRole() {
    call(Map.of("input_tokens", 1));
    worker = childOf(worker, "judge", "reviewer");
    call(Map.of("input_tokens", 2));

    assertThat(query().ofAll().byRole()).containsOnlyKeys("reviewer", "worker");
  }

  @Test
  void givesUpWhatIsDeleted() {
    EventId gone =
        call(Map.of("model_name", "large", "latency_ms", 1234, "input_tokens", 5, "cost_usd", 0.1));
    call(Map.of("model_name", "small", "latency_ms", 20, "input_tokens", 7));
    EventId failed = log.append(worker, new UserEvent("llm_call.failed", Map.of()));

    delete(gone);
    delete(failed);

    assertThat(query().ofAll().byModel()).containsOnlyKeys("small");
    assertThat(query().ofAll().total().latencies().callsByMillis()).containsOnlyKeys(20L);
    assertThat(query().countsByRun())
        .hasEntrySatisfying(
            worker.runId(),
            own -> {
              assertThat(own.calls()).isEqualTo(1);
              assertThat(own.inputTokens()).isEqualTo(7);
            });
  }

  @Test
  void forgetsWhatIsRolledBack() {
    try {
      database.write(
          transaction -> {
            log.append(transaction, worker, completed(Map.of("input_tokens", 5)));
            throw new IllegalStateException("changed my mind");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("changed my mind");
    }

    assertThat(query().ofAll().total()).isEqualTo(CallStats.NONE);
  }

  @ParameterizedTest(name = "{0} ms is kept as {1} ms")
  @CsvSource({
    "0, 0",
    "99, 99",
    "100, 100",
    "101, 102",
    "199, 200",
    "202, 200",
    "203, 205",
    "499, 500",
    "504, 500",
    "505, 510",
    "994, 990",
    "995, 1000",
    "1234, 1240",
    "59999, 60000",
    "600000, 600000",
    "1000000000000, 1000000000000"
  })
  void keepsALatencyToWithinOnePercent(long millis, long kept) {
    call(Map.of("latency_ms", millis));

    Latencies latencies = query().ofAll().total().latencies();

    assertThat(latencies.callsByMillis()).containsOnlyKeys(kept);
    assertThat((double) kept).isCloseTo((double) millis, within(millis * 0.01 + 0.001));
    assertThat(latencies.mean()).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"many\"", "null", "{}", "true"})
  void takesAFigureThatIsNoNumberAsAbsent(String figure) {
    callWithPayload(
        "{\"input_tokens\": F, \"latency_ms\": F, \"cost_usd\": F}".replace("F", figure));

    CallStats total = query().ofAll().total();

    assertThat(total.withoutUsage()).isEqualTo(1);
    assertThat(total.priced()).isZero();
    assertThat(total.latencies().count()).isZero();
  }

  @ParameterizedTest(name = "a text with {0}")
  @ValueSource(
      strings = {
        "\\u0000",
        "\\ud83d",
        "\\uDE00",
        "\\ude00\\ud83d",
        "\\ud83d\\ud83d\\ude00",
        "\\\\\\u0000",
        "\\\\u0000\\u0000",
        "\\\\ud83d\\ude00"
      })
  void countsACallWhateverItsTextsHold(String text) {
    callWithPayload(
        "{\"model_name\": \"large\", \"input_tokens\": 3, \"error\": \"a T b\"}"
            .replace("T", text));

    assertThat(query().ofAll().byModel()).containsOnlyKeys("large");
    assertThat(query().ofAll().total().inputTokens()).isEqualTo(3);
  }

  @Test
  void staysWithinReason() {
    for (int i = 0; i < 3; i++) {
      callWithPayload("{\"input_tokens\": 1e300, \"output_tokens\": -5, \"cost_usd\": 1e300}");
    }

    CallStats total = query().ofAll().total();

    assertThat(total.inputTokens()).isEqualTo(3_000_000_000_000L);
    assertThat(total.outputTokens()).isZero();
    assertThat(total.costUsd()).isEqualByComparingTo("3000000");
  }

  private StatsQuery query() {
    return new StatsQuery(database);
  }

  private long input(TimeWindow window) {
    return query().ofAll(window).total().inputTokens();
  }

  private EventId call(Map<String, ?> payload) {
    return log.append(worker, completed(payload));
  }

  private static UserEvent completed(Map<String, ?> payload) {
    return new UserEvent("llm_call.completed", payload);
  }

  private void callWithPayload(String payload) {
    log.logEvent(worker.runId().value(), null, "W00001", "worker", "llm_call.completed", payload);
  }

  private void delete(EventId id) {
    database.write(
        transaction -> transaction.sql().execute("DELETE FROM events WHERE id = ?", id.value()));
  }
}
