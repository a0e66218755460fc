package dev.runlog.process;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.process.propagation.ChildEnvironment;
import java.util.Map;

/**
 * What a run has at hand. Everything in it is thread-safe and is closed by {@link ProcessStartup}.
 *
 * @param emitter who the run is
 * @param events appends events of this run
 * @param log appends events of any emitter, and inside transactions
 * @param database the open database
 * @param databaseSettings how it was opened
 * @param shutdown asks the run to end
 * @param childEnvironment what the run hands to the processes that it spawns
 * @param env the environment of the process
 */
public record RunContext(
    Emitter emitter,
    EventAppender events,
    EventLog log,
    Database database,
    DatabaseSettings databaseSettings,
    Shutdown shutdown,
    ChildEnvironment childEnvironment,
    Map<String, String> env) {

  public RunContext {
    env = Map.copyOf(env);
  }

  public RunId runId() {
    return emitter.runId();
  }

  public String instanceId() {
    return emitter.instanceId();
  }
}
