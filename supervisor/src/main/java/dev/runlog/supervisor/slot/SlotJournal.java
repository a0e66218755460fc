package dev.runlog.supervisor.slot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.CrashLoopDetected;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerExited;
import dev.runlog.events.payload.WorkerGaveUp;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.RunContext;
import dev.runlog.process.child.ChildExit;
import dev.runlog.process.lifecycle.Outage;
import dev.runlog.supervisor.restart.CrashLoop;
import dev.runlog.supervisor.slot.EndOfChild.Testimony;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes what happens to children. The end of a child and the release of its tasks are one
 * transaction: nobody ever sees a dead worker that still holds a task. Belongs to the supervisor's
 * thread.
 */
public final class SlotJournal {

  private final Emitter emitter;
  private final EventLog log;
  private final Database database;
  private final EventQuery events;
  private final TaskQueue queue;
  private final Outage outage;
  private EventId newest;

  public SlotJournal(RunContext context, Outage outage) {
    this.emitter = context.emitter();
    this.log = context.log();
    this.database = context.database();
    this.events = new EventQuery(database);
    this.queue = new TaskQueue(database, log, InstantSource.system());
    this.outage = outage;
    this.newest = new EventId(emitter.runId().value());
  }

  /** The newest event of this journal: a child that is started now logs only later ones. */
  EventId newest() {
    return newest;
  }

  void spawned(SlotSpec spec, Launch launch, long pid, int restartCount) {
    append(
        new WorkerSpawned(
            spec.instanceId(), pid, launch.command(), launch.revision(), restartCount));
  }

  /** The run that a child has become, empty as long as it has not. */
  Optional<RunId> findRun(String instanceId, Tenant child) {
    return outage
        .outlast("look up " + instanceId, () -> runOf(instanceId, child))
        .flatMap(found -> found);
  }

  /** Looks up what the child itself logged. */
  EndOfChild endOf(SlotSpec spec, Tenant gone, ChildExit exit) {
    Optional<RunId> run =
        spec.isRun()
            ? gone.vitals().run().or(() -> findRun(spec.instanceId(), gone))
            : Optional.empty();
    return new EndOfChild(
        spec.instanceId(), gone.pid(), testimonyOf(spec, run), run, exit, gone.condemnedFor());
  }

  private Testimony testimonyOf(SlotSpec spec, Optional<RunId> run) {
    if (!spec.isRun()) {
      return Testimony.EXIT_CODE_ONLY;
    }
    boolean saidGoodbye =
        run.isPresent()
            && outage
                .outlast(
                    "look up the end of " + spec.instanceId(), () -> events.hasStopped(run.get()))
                .orElse(false);
    return saidGoodbye ? Testimony.GOODBYE : Testimony.NONE;
  }

  void exited(EndOfChild end) {
    close(
        end,
        ReleaseCause.SHUTDOWN,
        released ->
            new WorkerExited(
                end.instanceId(),
                end.run().map(RunId::value),
                end.pid(),
                end.exit().exitCode(),
                end.exit().signal(),
                end.exit().uptime().toMillis(),
                released));
  }

  /**
   * @param restartDelay until the next start, empty when there is none
   */
  void crashed(EndOfChild end, Optional<Duration> restartDelay) {
    close(
        end,
        ReleaseCause.CRASH,
        released ->
            new WorkerCrashed(
                end.instanceId(),
                end.run().map(RunId::value),
                end.pid(),
                end.exit().exitCode(),
                end.exit().signal(),
                end.exit().uptime().toMillis(),
                released,
                restartDelay.map(Duration::toMillis),
                end.exit().lastOutput(),
                end.crashReason()));
  }

  void gaveUp(String instanceId, CrashLoop.Verdict verdict) {
    long windowMillis = verdict.window().toMillis();
    if (windowMillis > 0) {
      append(new CrashLoopDetected(instanceId, verdict.crashes(), windowMillis));
    }
    append(new WorkerGaveUp(instanceId, verdict.crashes(), windowMillis, verdict.reason()));
  }

  private void close(
      EndOfChild end, ReleaseCause cause, Function<List<Long>, EventPayload> payload) {
    outage
        .outlast(
            "record the end of " + end.instanceId(),
            () -> database.write(transaction -> close(transaction, end, cause, payload)))
        .ifPresent(id -> newest = id);
  }

  private EventId close(
      Transaction transaction,
      EndOfChild end,
      ReleaseCause cause,
      Function<List<Long>, EventPayload> payload) {
    end.run().ifPresent(run -> Heartbeats.end(transaction, run));
    List<Long> released =
        end
            .run()
            .map(run -> queue.releaseHeldBy(transaction, emitter, run, cause))
            .orElse(List.of())
            .stream()
            .map(TaskId::value)
            .toList();
    return log.append(transaction, emitter, payload.apply(released));
  }

  private void append(EventPayload payload) {
    outage
        .outlast("log " + payload.eventType(), () -> log.append(emitter, payload))
        .ifPresent(id -> newest = id);
  }

  /** The run of this supervisor's child that has its pid; the newest, as pids come round again. */
  private Optional<RunId> runOf(String instanceId, Tenant child) {
    return events.childrenOf(emitter.runId(), child.startedAfter()).stream()
        .filter(start -> start.emitter().instanceId().equals(instanceId))
        .filter(start -> pidOf(start) == child.pid())
        .reduce((earlier, later) -> later)
        .map(Event::runId);
  }

  private static long pidOf(Event start) {
    return start
        .payload()
        .<JsonNode>map(Json::readObject)
        .map(payload -> payload.path("pid").asLong())
        .orElse(0L);
  }
}
