package dev.runlog.console.command;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.events.revisions.RevisionStore;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A supervisor with two workers, as far as the tables know: it writes what real ones write. */
final class Fleet implements AutoCloseable {

  static final String MODEL = "gpt-5-mini";

  private final Database database;
  private final EventLog log;
  private final TaskQueue queue;
  private final InstantSource clock;
  final Emitter supervisor;
  final Emitter first;
  final Emitter second;

  Fleet(Path file, InstantSource clock) {
    this.clock = clock;
    database = Database.open(new DatabaseSettings(file.toString(), Durability.PROCESS));
    log = new EventLog(database, clock);
    queue = new TaskQueue(database, log, clock);
    supervisor = start(Optional.empty(), "supervisor-main", "supervisor");
    first = start(Optional.of(supervisor.runId()), "W00001", "worker");
    second = start(Optional.of(supervisor.runId()), "W00002", "worker");
  }

  Emitter start(Optional<RunId> parent, String instanceId, String role) {
    return log.start(parent, instanceId, role, new ProcessStarted("dev", 42, "host", "17", 0));
  }

  void submit(String... prompts) {
    queue.submit(supervisor, List.of(prompts).stream().map(TaskSpec::prompt).toList());
  }

  /** Registers a build of the supervisor. */
  void register(String sha, String artifactSha256) {
    new RevisionStore(database, log, clock)
        .register(supervisor, supervisor.instanceId(), sha, artifactSha256, false);
  }

  /** Takes the next task, if there is one, and answers it. */
  boolean answerNext(Emitter by, String text) {
    Optional<Claim> claim = queue.claimNext(by, List.of(TaskSpec.CHAT));
    claim.ifPresent(
        taken -> {
          call(by, 1200, 100, 25);
          queue.complete(by, taken, "{\"text\":\"" + text + "\"}");
        });
    return claim.isPresent();
  }

  /** A probe of a worker, which it fails. */
  void failProbe(Emitter by) {
    String kind = Probe.kindFor(by.instanceId());
    queue.submit(supervisor, List.of(TaskSpec.of(kind, Json.object())));
    queue.fail(by, queue.claimNext(by, List.of(kind)).orElseThrow(), "no", Optional.empty());
  }

  /** Takes the next task, if there is one, and fails it for good. */
  boolean failNext(Emitter by, String error) {
    Optional<Claim> claim = queue.claimNext(by, List.of(TaskSpec.CHAT));
    claim.ifPresent(taken -> queue.fail(by, taken, error, Optional.empty()));
    return claim.isPresent();
  }

  /** Takes the next task and keeps it. */
  Claim claim(Emitter by) {
    return queue.claimNext(by, List.of(TaskSpec.CHAT)).orElseThrow();
  }

  void retryLater(Emitter by, Claim claim, Instant at) {
    queue.fail(by, claim, "overloaded", Optional.of(at));
  }

  /** A call that is answered; returns its start. */
  EventId call(Emitter by, long latencyMs, long input, long output) {
    EventId started = startCall(by, Optional.of(context()));
    log.append(
        by,
        new LlmCallCompleted(
            started.value(),
            MODEL,
            latencyMs,
            Optional.of(input),
            Optional.of(output),
            Optional.of(0L),
            Optional.of(0L),
            Optional.empty(),
            Optional.empty(),
            1,
            Optional.of("stop"),
            Optional.of(input + 2),
            Optional.of(2L),
            Optional.of("exact"),
            Optional.empty(),
            Optional.of(new BigDecimal("0.0012")),
            Optional.empty(),
            "reported",
            Optional.empty()));
    return started;
  }

  EventId startCall(Emitter by, Optional<ContextBreakdown> context) {
    return log.append(
        by,
        new LlmCallStarted(
            MODEL,
            "/chat/completions",
            false,
            Optional.empty(),
            context,
            context.isPresent() ? Optional.empty() : Optional.of("tool schema is a list"),
            List.of(),
            Optional.empty()));
  }

  void failCall(Emitter by) {
    EventId started = startCall(by, Optional.empty());
    log.append(
        by,
        new LlmCallFailed(
            started.value(),
            MODEL,
            90,
            1,
            "bad key",
            Optional.of(401),
            Optional.of("authentication"),
            Optional.empty(),
            Optional.empty()));
  }

  long log(Emitter by, String eventType, Map<String, ?> payload) {
    return log.append(by, new UserEvent(eventType, payload)).value();
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }

  private static ContextBreakdown context() {
    Map<String, Long> byRole = new LinkedHashMap<>();
    byRole.put("system", 700L);
    byRole.put("user", 200L);
    return new ContextBreakdown(
        1000,
        byRole,
        90,
        Map.of("find_order", 80L),
        0,
        0,
        10,
        2,
        Optional.of(4000L),
        Optional.of(0.25),
        "exact",
        Optional.empty());
  }
}
