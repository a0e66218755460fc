package dev.runlog.it.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tables tell, read while others write. A test waits here for the fact that it needs,
 * never for time. Thread-safe.
 */
public final class Events implements AutoCloseable {

  /** How long anything is waited for; only a failing test waits that long. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_EVENTS_SHOWN = 60;

  private final Database database;
  private final EventQuery query;

  private Events(Database database) {
    this.database = database;
    this.query = new EventQuery(database);
  }

  /** Reads a database; makes it first where there is none. Whoever opens it closes it. */
  static Events of(Path file) {
    DatabaseSettings settings = new DatabaseSettings(file.toString(), Durability.PROCESS);
    Database.open(settings).close();
    return new Events(Database.openReadOnly(settings));
  }

  /** Waits for the first event of a type. */
  public Event await(EventType type) throws InterruptedException {
    return await(type, event -> true);
  }

  /** Waits for the first event of a type that fulfils a condition. */
  public Event await(EventType type, Predicate<Event> which) throws InterruptedException {
    return await(type, which, 1).get(0);
  }

  /** Waits until there are so many events of a type; returns the first of them. */
  public List<Event> await(EventType type, int count) throws InterruptedException {
    return await(type, event -> true, count);
  }

  /** Waits until so many events of a type fulfil a condition; returns the first of them. */
  public List<Event> await(EventType type, Predicate<Event> which, int count)
      throws InterruptedException {
    EventFeed feed = EventFeed.after(database, 0);
    List<Event> found = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (found.size() < count) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative()) {
        throw new AssertionError(tooFew(type, found.size(), count));
      }
      feed.next(left).stream()
          .filter(event -> event.is(type))
          .filter(which)
          .limit((long) count - found.size())
          .forEach(found::add);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return found;
  }

  /** All events, in the order of their ids. */
  public List<Event> all() {
    return query.after(0, MOST_EVENTS);
  }

  /** All events of a type. */
  public List<Event> all(EventType type) {
    return query.ofType(type);
  }

  /** All events of a type whose payload has this number in a field. */
  public List<Event> all(EventType type, String field, long value) {
    return all(type).stream()
        .filter(event -> payload(event).path(field).asLong(Long.MIN_VALUE) == value)
        .toList();
  }

  public List<Event> ofRun(RunId run) {
    return query.ofRun(run);
  }

  public List<Event> ofRun(RunId run, EventType type) {
    return query.ofRun(run, type);
  }

  /** The {@code process.started} of the runs in a role. */
  public List<Event> startsOf(String role) {
    return all(EventType.PROCESS_STARTED).stream()
        .filter(event -> event.emitter().role().equals(role))
        .toList();
  }

  /** The {@code process.started} of a run. */
  public Event startOf(RunId run) {
    return query.ofRun(run, EventType.PROCESS_STARTED).get(0);
  }

  /** The newest events, all of one snapshot. */
  public List<Event> last(int count) {
    return query.last(count);
  }

  /** All runs, each parent before its children. */
  public List<Run> runs() {
    return new RunTree(database).roots().stream().flatMap(Events::withDescendants).toList();
  }

  /** All tasks, in the order of their ids. */
  public List<Task> tasks() {
    return new TaskQuery(database)
        .newest(List.of(), MOST_EVENTS).stream()
            .sorted(Comparator.comparingLong(task -> task.id().value()))
            .toList();
  }

  public TaskCounts taskCounts() {
    return new TaskQuery(database).counts();
  }

  public Task task(TaskId id) {
    return new TaskQuery(database).find(id).orElseThrow();
  }

  /** The payload of an event; an empty object when it has none. */
  public static JsonNode payload(Event event) {
    return event.payload().<JsonNode>map(Json::readObject).orElseGet(Json::object);
  }

  /** The newest events, one a line, for the message of a failure. */
  String summary() {
    return last(MOST_EVENTS_SHOWN).stream()
        .map(
            event ->
                "%d run %s %s %s %s"
                    .formatted(
                        event.id().value(),
                        event.runId(),
                        event.emitter().instanceId(),
                        event.eventType(),
                        event.payload().orElse("")))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    database.close();
  }

  private static Stream<Run> withDescendants(Run run) {
    return Stream.concat(Stream.of(run), run.children().stream().flatMap(Events::withDescendants));
  }

  private static String tooFew(EventType type, int found, int count) {
    return "after %d s there are %d events %s of the kind waited for, not %d"
        .formatted(PATIENCE.toSeconds(), found, type.wireName(), count);
  }
}
