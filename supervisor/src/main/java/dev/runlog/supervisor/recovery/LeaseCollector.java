package dev.runlog.supervisor.recovery;

import dev.runlog.events.db.Database;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.health.Leases;
import dev.runlog.supervisor.health.Pulse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes tasks from holders that have fallen silent, on any machine. Such a holder may still live,
 * so nothing is said of its end; what it says of these tasks later is refused.
 */
public final class LeaseCollector {

  private final Emitter emitter;
  private final Database database;
  private final TaskQuery tasks;
  private final TaskQueue queue;
  private final Leases leases = new Leases();

  public LeaseCollector(RunContext context) {
    this.emitter = context.emitter();
    this.database = context.database();
    this.tasks = new TaskQuery(database);
    this.queue = new TaskQueue(database, context.log(), InstantSource.system());
  }

  /** Releases what silent holders hold; returns those tasks that went back to the queue. */
  public List<TaskId> collect(Pulse.Look look) {
    List<TaskId> released = new ArrayList<>();
    for (RunId holder : leases.expired(tasks.holders(), look)) {
      released.addAll(
          database.write(
              transaction -> {
                Heartbeats.end(transaction, holder);
                return queue.releaseHeldBy(
                    transaction, emitter, holder, ReleaseCause.LEASE_EXPIRED);
              }));
    }
    return released;
  }
}
