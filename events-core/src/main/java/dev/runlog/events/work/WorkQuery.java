package dev.runlog.events.work;

import static dev.runlog.events.schema.Tables.EVENTS;
import static dev.runlog.events.schema.Tables.TASKS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.TaskState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Reads what the workers of a build did. A worker is of a build when the {@code worker.spawned} of
 * its parent says so. Thread-safe.
 */
public final class WorkQuery {

  private static final List<String> TYPES =
      List.of(
          EventType.TASK_DONE.wireName(),
          EventType.TASK_FAILED.wireName(),
          EventType.TASK_RELEASED.wireName(),
          EventType.LLM_CALL_COMPLETED.wireName());

  /**
   * A start of a worker.
   *
   * @param nextId the start that took its place; all that it did was logged before
   */
  private record Spawn(long id, long nextId, long parentRun, String instanceId, long pid) {}

  /** Whose place it takes. */
  private record Place(long parentRun, String instanceId) {}

  private final Database database;
  private final InstantSource clock;

  public WorkQuery(Database database) {
    this(database, InstantSource.system());
  }

  /**
   * @param clock tells for how long tasks have been held
   */
  public WorkQuery(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What the workers of a build did under supervisors of a name.
   *
   * @param supervisorInstanceId the supervisor that spawned them
   * @param revision SHA of the build; empty for workers of which none is known
   * @param afterEventId only what was logged after this event counts, 0 for all
   */
  public Work of(String supervisorInstanceId, Optional<String> revision, long afterEventId) {
    List<Spawn> spawns = spawns(supervisorInstanceId, revision);
    long started = spawns.stream().filter(spawn -> spawn.id() > afterEventId).count();
    long crashes = 0;
    Map<RunId, HeldTask> held = heldTasks();
    List<TaskSample> samples = new ArrayList<>();
    List<HeldTask> heldByThese = new ArrayList<>();
    for (Spawn spawn : spawns) {
      if (spawn.nextId() <= afterEventId) {
        continue;
      }
      crashes += isCrashed(spawn, afterEventId) ? 1 : 0;
      Optional<RunId> run = runOf(spawn);
      if (run.isPresent()) {
        samples.addAll(samplesOf(run.get(), afterEventId));
        Optional.ofNullable(held.get(run.get())).ifPresent(heldByThese::add);
      }
    }
    return new Work(started, crashes, samples, heldByThese);
  }

  /** The builds of which workers were spawned by supervisors of a name, registered or not. */
  public Set<String> revisionsOf(String supervisorInstanceId) {
    return rows(spawnedBy(supervisorInstanceId)).stream()
        .flatMap(row -> revisionIn(payload(row)).stream())
        .collect(Collectors.toSet());
  }

  /** Those of one build, in the order in which they were started. */
  private List<Spawn> spawns(String supervisorInstanceId, Optional<String> revision) {
    Map<Place, Long> next = new HashMap<>();
    List<Spawn> spawns = new ArrayList<>();
    List<? extends Record> oldestFirst = rows(spawnedBy(supervisorInstanceId));
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      Record row = oldestFirst.get(i);
      JsonNode payload = payload(row);
      Place place = new Place(row.get(EVENTS.RUN_ID), payload.path("worker_instance_id").asText());
      long id = row.get(EVENTS.ID);
      Long nextId = next.put(place, id);
      if (revisionIn(payload).equals(revision)) {
        spawns.add(
            new Spawn(
                id,
                nextId == null ? Long.MAX_VALUE : nextId,
                place.parentRun(),
                place.instanceId(),
                payload.path("pid").asLong()));
      }
    }
    Collections.reverse(spawns);
    return spawns;
  }

  private static Condition spawnedBy(String supervisorInstanceId) {
    return EVENTS
        .EVENT_TYPE
        .eq(EventType.WORKER_SPAWNED.wireName())
        .and(EVENTS.INSTANCE_ID.eq(supervisorInstanceId));
  }

  private static Optional<String> revisionIn(JsonNode spawned) {
    return Optional.ofNullable(spawned.path("revision").textValue());
  }

  /** The first run after the spawn that has its name and its pid. */
  private Optional<RunId> runOf(Spawn spawn) {
    Condition started =
        EVENTS
            .PARENT_RUN_ID
            .eq(spawn.parentRun())
            .and(EVENTS.EVENT_TYPE.eq(DSL.inline(EventType.PROCESS_STARTED.wireName())))
            .and(EVENTS.INSTANCE_ID.eq(spawn.instanceId()))
            .and(EVENTS.ID.gt(spawn.id()))
            .and(EVENTS.ID.lt(spawn.nextId()));
    return rows(started).stream()
        .filter(row -> payload(row).path("pid").asLong() == spawn.pid())
        .findFirst()
        .map(row -> new RunId(row.get(EVENTS.RUN_ID)));
  }

  private boolean isCrashed(Spawn spawn, long afterEventId) {
    Condition crashed =
        EVENTS
            .EVENT_TYPE
            .eq(EventType.WORKER_CRASHED.wireName())
            .and(EVENTS.RUN_ID.eq(spawn.parentRun()))
            .and(EVENTS.ID.gt(Math.max(spawn.id(), afterEventId)))
            .and(EVENTS.ID.lt(spawn.nextId()));
    return rows(crashed).stream()
        .map(WorkQuery::payload)
        .filter(payload -> payload.path("pid").asLong() == spawn.pid())
        .anyMatch(
            payload -> payload.path("worker_instance_id").asText().equals(spawn.instanceId()));
  }

  /** A worker does one task after the other, so calls belong to the task that ends next. */
  private List<TaskSample> samplesOf(RunId run, long afterEventId) {
    Condition ofRun =
        EVENTS
            .RUN_ID
            .eq(run.value())
            .and(EVENTS.EVENT_TYPE.in(TYPES))
            .and(EVENTS.ID.gt(afterEventId));
    RunningSample running = new RunningSample();
    List<TaskSample> samples = new ArrayList<>();
    for (Record row : rows(ofRun)) {
      running.add(row.get(EVENTS.EVENT_TYPE), payload(row)).ifPresent(samples::add);
    }
    return samples;
  }

  /** By who holds them: a worker holds one. The clock may have been set since one was claimed. */
  private Map<RunId, HeldTask> heldTasks() {
    long now = clock.millis();
    Map<RunId, HeldTask> held = new HashMap<>();
    database
        .read(
            sql ->
                sql.select(TASKS.CLAIMED_BY, TASKS.CLAIMED_AT, TASKS.KIND)
                    .from(TASKS)
                    .where(TASKS.STATE.eq(DSL.inline(TaskState.CLAIMED.wireName())))
                    .fetch())
        .stream()
        .filter(task -> !Probe.isProbe(task.get(TASKS.KIND)))
        .forEach(
            task ->
                held.put(
                    new RunId(task.get(TASKS.CLAIMED_BY)),
                    new HeldTask(
                        task.get(TASKS.KIND), Math.max(0, now - task.get(TASKS.CLAIMED_AT)))));
    return held;
  }

  private List<? extends Record> rows(Condition condition) {
    return database.read(
        sql ->
            sql.select(EVENTS.ID, EVENTS.RUN_ID, EVENTS.EVENT_TYPE, EVENTS.PAYLOAD)
                .from(EVENTS)
                .where(condition)
                .orderBy(EVENTS.ID)
                .fetch());
  }

  private static JsonNode payload(Record row) {
    String payload = row.get(EVENTS.PAYLOAD);
    try {
      return payload == null ? Json.object() : Json.readObject(payload);
    } catch (JsonException e) {
      // A row that somebody else wrote says nothing of the work.
      return Json.object();
    }
  }
}
