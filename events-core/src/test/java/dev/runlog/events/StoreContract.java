package dev.runlog.events;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.Redaction;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.ProcessStarted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The cases that every store passes are written in the subclasses of this; each store adds a class
 * that opens it.
 */
public abstract class StoreContract {

  protected static final Instant NOW = Instant.parse("2030-01-31T12:00:00.123Z");

  protected Database database;
  protected EventLog log;
  protected EventQuery events;
  protected Instant now;
  protected final InstantSource clock = () -> now;
  protected final List<Event> committed = Collections.synchronizedList(new ArrayList<>());

  /** Opens another connection to the same store, as another process would. */
  protected abstract Database open();

  @BeforeEach
  void openStore() {
    now = NOW;
    database = open();
    log = new EventLog(database, clock, Redaction.of(List.of("hunter2-hunter2")), committed::add);
    events = new EventQuery(database);
  }

  @AfterEach
  void closeStore() {
    database.close();
  }

  protected Emitter root(String instanceId, String role) {
    return log.start(Optional.empty(), instanceId, role, started(1));
  }

  protected Emitter childOf(Emitter parent, String instanceId, String role) {
    return log.start(Optional.of(parent.runId()), instanceId, role, started(2));
  }

  protected static ProcessStarted started(long pid) {
    return new ProcessStarted("1.0", pid, "host", "17", 0);
  }

  protected static RunId run(long id) {
    return new RunId(id);
  }
}
