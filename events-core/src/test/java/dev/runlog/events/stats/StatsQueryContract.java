package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.ProcessFailed;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.TaskDone;
import dev.runlog.events.payload.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the statistics must say on every store. */
abstract class StatsQueryContract {

  private static final long NEVER_GIVEN = 999_999;
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private Database database;
  private EventLog log;
  private Emitter supervisor;
  private Emitter first;
  private Emitter second;

  abstract Database open();

  @BeforeEach
  void startASupervisorWithTwoWorkers() {
    database = open();
    log = new EventLog(database, InstantSource.system());
    supervisor = start(Optional.empty(), "supervisor-main", "supervisor");
    first = start(Optional.of(supervisor.runId()), "W00001", "worker");
    second = start(Optional.of(supervisor.runId()), "W00002", "worker");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void addsUpWhatTheProvidersReported() {
    complete(first, call("small").tokens(100, 20, 60, 5).cost("0.0015"));
    complete(second, call("small").tokens(50, 10, 0, 0).cost("0.0005"));

    CallStats total = all().total();

    assertThat(total.completed()).isEqualTo(2);
    assertThat(total.inputTokens()).isEqualTo(150);
    assertThat(total.outputTokens()).isEqualTo(30);
    assertThat(total.cachedInputTokens()).isEqualTo(60);
    assertThat(total.reasoningTokens()).isEqualTo(5);
    assertThat(total.priced()).isEqualTo(2);
    assertThat(total.costUsd()).isEqualByComparingTo("0.002");
  }

  @Test
  void tellsCallsWithoutAnEndByWhetherTheirRunHasEnded() {
    EventId answered = startCall(first);
    complete(first, call("small").answering(answered));
    startCall(first);
    startCall(second);
    fail(startProgram(), "small", 5);
    Emitter program = startProgram();
    startCall(program);
    log.append(program, new ProcessFailed(137, "sh was ended by SIGKILL", 10));
    Emitter stopped = startProgram();
    startCall(stopped);
    log.append(stopped, new ProcessStopped(0, "completed", 10));
    log.append(
        supervisor,
        new UserEvent("worker.crashed", Map.of("worker_run_id", first.runId().value())));

    assertThat(Map.of("small", all().total()))
        .isEqualTo(query().ofAllBy(CallGroup.MODEL, TimeWindow.ALL))
        .extractingByKey("small")
        .extracting(CallStats::calls, CallStats::lost, CallStats::running)
        .containsExactly(2L, 2L, 1L);
    assertThat(query().ofSubtree(supervisor.runId()).orElseThrow().byRun())
        .extracting(RunCalls::instanceId, row -> row.own().lost(), row -> row.inclusive().lost())
        .containsExactly(
            tuple("supervisor-main", 0L, 1L), tuple("W00001", 1L, 1L), tuple("W00002", 0L, 0L));
    assertThat(
            query().ofAllBy(CallGroup.MODEL, new TimeWindow(Optional.of(LATER), Optional.empty())))
        .isEmpty();
  }

  @Test
  void countsCallsWithoutUsageOrPriceInsteadOfGuessing() {
    complete(first, call("small").tokens(100, 20, 0, 0).cost("0.001"));
    complete(first, call("small"));

    CallStats total = all().total();

    assertThat(total.withoutUsage()).isEqualTo(1);
    assertThat(total.priced()).isEqualTo(1);
    assertThat(total.inputTokens()).isEqualTo(100);
  }

  @Test
  void keepsFailedCallsOutOfTheLatencies() {
    complete(first, call("small").latency(200));
    fail(first, "small", 60_000);

    CallStats total = all().total();

    assertThat(total.calls()).isEqualTo(2);
    assertThat(total.failed()).isEqualTo(1);
    assertThat(total.latencies().count()).isEqualTo(1);
    assertThat(total.latencies().percentile(95)).contains(Duration.ofMillis(200));
  }

  @Test
  void comparesEstimatesOnlyWhereBothFiguresAreKnown() {
    complete(first, call("small").tokens(100, 1, 0, 0).estimate(110));
    complete(first, call("small").tokens(100, 1, 0, 0).estimate(90));
    complete(first, call("small").tokens(1000, 1, 0, 0));
    complete(first, call("small").estimate(5000));

    EstimateCheck check = all().total().estimate();

    assertThat(check).isEqualTo(new EstimateCheck(2, 200, 200, 20));
    assertThat(check.bias()).hasValue(0.0);
    assertThat(check.error()).hasValue(0.1);
  }

  @Test
  void groupsByModelInAlphabeticalOrder() {
    complete(first, call("small").tokens(1, 1, 0, 0));
    complete(second, call("large").tokens(2, 1, 0, 0));
    fail(second, "small", 10);

    assertThat(all().byModel().keySet()).containsExactly("large", "small");
    assertThat(all().byModel())
        .hasEntrySatisfying("small", small -> assertThat(small.failed()).isEqualTo(1));
  }

  @Test
  void addsUpByGroupWhatAReportOfAllRunsSays() {
    complete(first, call("small").tokens(1, 1, 0, 0).latency(200).cost("0.001"));
    complete(second, call("small").tokens(3, 1, 0, 0).latency(90));
    complete(second, call("large").tokens(2, 1, 0, 0).latency(200));
    complete(supervisor, call("large").tokens(5, 1, 0, 0).latency(3));
    fail(second, "small", 10);

    for (CallGroup group : CallGroup.values()) {
      assertThat(query().ofAllBy(group, TimeWindow.ALL)).isEqualTo(all().by(group));
    }
  }

  @Test
  void addsUpEachModelAsAReportDoes() {
    complete(first, call("small").tokens(1, 1, 0, 0).latency(200).cost("0.001"));
    complete(second, call("small").tokens(3, 1, 0, 0).latency(90));
    complete(second, call("large").tokens(2, 1, 0, 0));
    fail(second, "small", 10);

    assertThat(new StatsQuery(database).countsByModel(TimeWindow.ALL))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*latencies")
        .isEqualTo(all().byModel());
  }

  @Test
  void addsUpTheRunsOfAnInstance() {
    Emitter restarted = start(Optional.of(supervisor.runId()), "W00001", "worker");
    complete(first, call("small").tokens(10, 1, 0, 0));
    complete(restarted, call("large").tokens(5, 1, 0, 0));

    assertThat(all().byInstance())
        .hasEntrySatisfying("W00001", worker -> assertThat(worker.inputTokens()).isEqualTo(15));
    assertThat(all().byInstance()).doesNotContainKey("W00002");
  }

  @Test
  void countsDescendantsBesideTheOwnCalls() {
    Emitter grandchild = start(Optional.of(first.runId()), "helper", "worker");
    complete(first, call("small").tokens(10, 1, 0, 0));
    complete(grandchild, call("small").tokens(7, 1, 0, 0));
    complete(second, call("small").tokens(100, 1, 0, 0));

    assertThat(all().byRun())
        .extracting(
            row -> row.run(),
            row -> row.depth(),
            row -> input(row.own()),
            r -> input(r.inclusive()))
        .containsExactly(
            tuple(supervisor.runId(), 0, 0L, 117L),
            tuple(first.runId(), 1, 10L, 17L),
            tuple(grandchild.runId(), 2, 7L, 7L),
            tuple(second.runId(), 1, 100L, 100L));
  }

  @Test
  void leavesRunsWithoutCallsOutOfTheReport() {
    complete(second, call("small"));

    assertThat(all().byRun())
        .extracting(RunCalls::run)
        .containsExactly(supervisor.runId(), second.runId());
  }

  @Test
  void limitsAReportToARunAndItsDescendants() {
    Emitter grandchild = start(Optional.of(first.runId()), "helper", "worker");
    complete(first, call("small").tokens(10, 1, 0, 0));
    complete(grandchild, call("small").tokens(7, 1, 0, 0));
    complete(second, call("small").tokens(100, 1, 0, 0));

    CallReport report = query().ofSubtree(first.runId()).orElseThrow();

    assertThat(report.total().inputTokens()).isEqualTo(17);
    assertThat(report.byRun())
        .extracting(RunCalls::run)
        .containsExactly(first.runId(), grandchild.runId());
  }

  @Test
  void knowsNoReportOfARunThatNeverWas() {
    assertThat(query().ofSubtree(new RunId(NEVER_GIVEN))).isEmpty();
  }

  @Test
  void showsCallsOfARunThatNeverLoggedItsStart() {
    log.append(
        new Emitter(new RunId(NEVER_GIVEN), Optional.empty(), "foreign", "script"),
        new UserEvent("llm_call.completed", Map.of("input_tokens", 3)));

    assertThat(all().byRun()).extracting(row -> input(row.own())).containsExactly(3L);
    assertThat(all().byModel()).containsOnlyKeys("unknown");
  }

  @Test
  void leavesOutWhatHasNoReadablePayload() {
    complete(first, call("small").tokens(10, 1, 0, 0));
    insertCallWithPayload("{broken");
    insertCallWithPayload(null);

    assertThat(all().total().completed()).isEqualTo(1);
    assertThat(all().total().inputTokens()).isEqualTo(10);
  }

  @Test
  void countsTheTasksThatEachRunEnded() {
    log.append(first, new TaskDone(1, "chat", 1, 1, 10));
    log.append(first, new TaskDone(2, "chat", 1, 1, 10));
    log.append(second, new TaskDone(3, "chat", 1, 1, 10));

    assertThat(query().tasksDoneByRun())
        .containsOnly(entry(first.runId(), 2L), entry(second.runId(), 1L));
  }

  @Test
  void saysNothingOfAnEmptyLog() {
    assertThat(all().total()).isEqualTo(CallStats.NONE);
    assertThat(all().byModel()).isEmpty();
    assertThat(all().byRun()).isEmpty();
  }

  private CallReport all() {
    return query().ofAll();
  }

  private StatsQuery query() {
    return new StatsQuery(database);
  }

  private static long input(CallStats stats) {
    return stats.inputTokens();
  }

  private Emitter start(Optional<RunId> parent, String instanceId, String role) {
    return log.start(parent, instanceId, role, new ProcessStarted("dev", 1, "host", "17", 0));
  }

  private Emitter startProgram() {
    return start(Optional.empty(), "importer", "importer");
  }

  private EventId startCall(Emitter by) {
    return log.append(by, new UserEvent("llm_call.started", Map.of("model_name", "small")));
  }

  private void complete(Emitter by, Call call) {
    log.append(by, call.completed());
  }

  private void fail(Emitter by, String model, long latencyMs) {
    log.append(
        by,
        new LlmCallFailed(
            1,
            model,
            latencyMs,
            3,
            "overloaded",
            Optional.of(503),
            Optional.of("unavailable"),
            Optional.empty(),
            Optional.empty()));
  }

  private void insertCallWithPayload(@Nullable String payload) {
    database.write(
        transaction ->
            transaction
                .sql()
                .execute(
                    "INSERT INTO events (timestamp, run_id, instance_id, role, event_type, payload)"
                        + " VALUES (0, ?, 'W00001', 'worker', 'llm_call.completed', ?)",
                    first.runId().value(),
                    payload));
  }

  private static Call call(String model) {
    return new Call(model, 1, 100, Optional.empty(), 0, 0, 0, Optional.empty(), Optional.empty());
  }

  /** A completed call in the making. */
  private record Call(
      String model,
      long started,
      long latencyMs,
      Optional<Long> input,
      long output,
      long cached,
      long reasoning,
      Optional<Long> estimate,
      Optional<BigDecimal> cost) {

    Call tokens(long newInput, long newOutput, long newCached, long newReasoning) {
      return new Call(
          model,
          started,
          latencyMs,
          Optional.of(newInput),
          newOutput,
          newCached,
          newReasoning,
          estimate,
          cost);
    }

    Call answering(EventId call) {
      return new Call(
          model, call.value(), latencyMs, input, output, cached, reasoning, estimate, cost);
    }

    Call latency(long millis) {
      return new Call(model, started, millis, input, output, cached, reasoning, estimate, cost);
    }

    Call estimate(long tokens) {
      return new Call(
          model, started, latencyMs, input, output, cached, reasoning, Optional.of(tokens), cost);
    }

    Call cost(String dollars) {
      return new Call(
          model,
          started,
          latencyMs,
          input,
          output,
          cached,
          reasoning,
          estimate,
          Optional.of(new BigDecimal(dollars)));
    }

    LlmCallCompleted completed() {
      return new LlmCallCompleted(
          started,
          model,
          latencyMs,
          input,
          input.map(reported -> output),
          input.map(reported -> cached),
          input.map(reported -> reasoning),
          Optional.empty(),
          Optional.empty(),
          1,
          Optional.of("stop"),
          estimate,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          cost,
          Optional.empty(),
          input.isPresent() ? "reported" : "missing",
          Optional.empty());
    }
  }
}
