package dev.runlog.supervisor.recovery;

import dev.runlog.events.db.Database;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunState;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.LivingProcess;
import dev.runlog.process.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Closes the runs of processes that died without anybody to say so: a supervisor killed with
 * SIGKILL, the workers that went with it, a worker started by hand. Each gets its {@code
 * worker.crashed}, and its tasks go back to the queue in the same transaction. Only looks at runs
 * of this host: whether a process elsewhere is alive cannot be seen from here.
 */
public final class StaleRunCloser {

  private final Emitter emitter;
  private final String host;
  private final EventLog log;
  private final Database database;
  private final EventQuery events;
  private final TaskQuery tasks;
  private final TaskQueue queue;

  public StaleRunCloser(RunContext context) {
    this.emitter = context.emitter();
    this.log = context.log();
    this.database = context.database();
    this.events = new EventQuery(database);
    this.tasks = new TaskQuery(database);
    this.queue = new TaskQueue(database, log, InstantSource.system());
    this.host = events.startOf(emitter.runId()).map(start -> payloadOf(start).host()).orElse("");
  }

  /** Closes every run of this host that has no end and no process; returns how many. */
  public int closeAll() {
    List<RunId> open =
        new RunTree(database)
            .roots().stream()
                .flatMap(StaleRunCloser::withDescendants)
                .filter(run -> run.state() == RunState.RUNNING)
                .map(Run::id)
                .toList();
    return close(open);
  }

  /**
   * The same for the runs that hold tasks, which is cheap enough to be done now and then; returns
   * how many.
   */
  public int closeHolders() {
    return close(tasks.holders());
  }

  private int close(List<RunId> runs) {
    int closed = 0;
    for (RunId run : runs) {
      Optional<Event> start = events.startOf(run);
      if (start.isPresent() && isDead(start.get())) {
        close(start.get());
        closed++;
      }
    }
    return closed;
  }

  private boolean isDead(Event start) {
    return !start.runId().equals(emitter.runId())
        && isOfThisHost(start)
        && !isAlive(start)
        && !isWatchedOver(start);
  }

  /** Its own supervisor sees the end too, and knows more of it; it must not be told twice. */
  private boolean isWatchedOver(Event start) {
    return start
        .emitter()
        .parentRunId()
        .flatMap(events::startOf)
        .filter(parent -> parent.runId().equals(emitter.runId()) || isLivingSupervisor(parent))
        .isPresent();
  }

  private boolean isLivingSupervisor(Event parent) {
    return parent.emitter().role().equals(emitter.role())
        && isOfThisHost(parent)
        && isAlive(parent);
  }

  private boolean isOfThisHost(Event start) {
    return payloadOf(start).host().equals(host);
  }

  private static boolean isAlive(Event start) {
    ProcessStarted process = payloadOf(start);
    return LivingProcess.find(process.pid(), Instant.ofEpochMilli(process.startedAt())).isPresent();
  }

  private void close(Event start) {
    RunId run = start.runId();
    long lastSeen =
        events.lastOf(run).map(Event::timestamp).orElse(start.timestamp()).toEpochMilli();
    Duration uptime = Duration.ofMillis(Math.max(0, lastSeen - payloadOf(start).startedAt()));
    database.write(
        transaction -> {
          Heartbeats.end(transaction, run);
          List<Long> released =
              queue.releaseHeldBy(transaction, emitter, run, ReleaseCause.CRASH).stream()
                  .map(TaskId::value)
                  .toList();
          return log.append(transaction, emitter, crashed(start, uptime, released));
        });
  }

  /**
   * With what is known: nobody saw the end, so there is no exit code, and the uptime is that of its
   * last event.
   */
  private static WorkerCrashed crashed(Event start, Duration uptime, List<Long> released) {
    return new WorkerCrashed(
        start.emitter().instanceId(),
        Optional.of(start.runId().value()),
        payloadOf(start).pid(),
        -1,
        Optional.empty(),
        uptime.toMillis(),
        released,
        Optional.empty(),
        "",
        Optional.empty());
  }

  private static ProcessStarted payloadOf(Event start) {
    return Json.read(start.payload().orElse("{}"), ProcessStarted.class);
  }

  private static Stream<Run> withDescendants(Run run) {
    return Stream.concat(
        Stream.of(run), run.children().stream().flatMap(StaleRunCloser::withDescendants));
  }
}
