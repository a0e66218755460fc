package dev.runlog.process;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Redaction;
import dev.runlog.events.log.RunId;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingsReader;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The run that called this process and that it speaks for, named by RUNLOG_RUN_ID. A process that
 * only logs an event for it becomes no run of its own. Thread-safe.
 */
public final class CallingRun {

  private final RunId id;
  private final DatabaseSettings database;
  private final Redaction redaction;

  private CallingRun(RunId id, DatabaseSettings database, Redaction redaction) {
    this.id = id;
    this.database = database;
    this.redaction = redaction;
  }

  /**
   * The run that an environment names; empty when it names none.
   *
   * @throws dev.runlog.process.settings.SettingsException with all problems of the settings
   */
  public static Optional<CallingRun> of(Map<String, String> env) {
    SettingsReader reader = new SettingsReader(env);
    DatabaseSettings database = CommonSettings.read(reader, env).database();
    Optional<RunId> id = reader.optional(KnownSettings.RUN_ID, CallingRun::parse);
    reader.check();
    Redaction redaction = Redaction.of(EnvironmentSecrets.of(env));
    return id.map(run -> new CallingRun(run, database, redaction));
  }

  /**
   * Appends an event of that run and returns when it is committed.
   *
   * @throws ProcessFailure when the database does not know the run
   * @throws dev.runlog.events.db.DatabaseException when the store cannot take it; nothing was
   *     written
   */
  public EventId append(EventPayload payload) {
    try (Database open = Database.open(database)) {
      EventLog log = new EventLog(open, InstantSource.system(), redaction, event -> {});
      return log.append(emitterIn(open), payload);
    }
  }

  private Emitter emitterIn(Database open) {
    return new EventQuery(open)
        .find(new EventId(id.value()))
        .filter(event -> event.is(EventType.PROCESS_STARTED))
        .map(Event::emitter)
        .orElseThrow(
            () ->
                new ProcessFailure(
                    ExitCode.USAGE,
                    KnownSettings.RUN_ID
                        + " is "
                        + id
                        + ", but "
                        + open.description()
                        + " has no such run; nothing was logged; name the database of that run in "
                        + KnownSettings.DB));
  }

  private static RunId parse(String text) {
    if (!text.strip().matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("expected a run id, got '" + text + "'");
    }
    return new RunId(Long.parseLong(text.strip()));
  }
}
