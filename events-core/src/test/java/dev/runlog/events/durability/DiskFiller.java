package dev.runlog.events.durability;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that appends until the small disk of its database is full, makes space, and appends
 * again; it prints what it finds. Its argument is the directory on that disk.
 */
final class DiskFiller {

  static final String STARTED = "started";
  static final String REFUSED = "refused: ";
  static final String KEPT_ALL = "kept all that was acknowledged";
  static final String RESUMED = "resumed";

  private DiskFiller() {}

  public static void main(String[] args) throws IOException {
    System.out.println(STARTED);
    Path directory = Path.of(args[0]);
    Path ballast = Files.write(directory.resolve("ballast"), new byte[2 << 20]);
    DatabaseSettings settings =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.POWER);
    try (Database database = Database.open(settings)) {
      EventLog log = new EventLog(database, InstantSource.system());
      ProcessStarted started = new ProcessStarted("test", 1, "host", "17", 0);
      Emitter emitter = log.start(Optional.empty(), "filler", "worker", started);
      List<EventId> acknowledged = fill(log, emitter);
      Files.delete(ballast);
      EventId after = log.append(emitter, new UserEvent("disk.freed", Map.of()));
      List<EventId> written =
          new EventQuery(database)
              .after(emitter.runId().value(), Integer.MAX_VALUE).stream()
                  .map(event -> event.id())
                  .toList();
      acknowledged.add(after);
      System.out.println(written.equals(acknowledged) ? KEPT_ALL : "has " + written);
      System.out.println(RESUMED);
    }
  }

  private static List<EventId> fill(EventLog log, Emitter emitter) {
    List<EventId> acknowledged = new ArrayList<>();
    UserEvent event = new UserEvent("disk.used", Map.of("text", "x".repeat(50_000)));
    try {
      while (true) {
        acknowledged.add(log.append(emitter, event));
      }
    } catch (DatabaseException e) {
      System.out.println(REFUSED + e.getMessage());
    }
    return acknowledged;
  }
}
