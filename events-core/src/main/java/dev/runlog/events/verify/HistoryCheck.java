package dev.runlog.events.verify;

import static dev.runlog.events.schema.Tables.TASKS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.DatabaseException.Kind;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the whole log once and compares it with itself and with the tasks. What changes meanwhile
 * is left out: a task with an event after the reading began is compared next time.
 */
final class HistoryCheck {

  private static final int PAGE = 5000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Database database;
  private final EventQuery events;

  private final Differences runDifferences = new Differences();
  private final Differences taskDifferences = new Differences();
  private final Differences endingDifferences = new Differences();
  private final IdSet startedRuns = new IdSet();
  private final IdSet seenRuns = new IdSet();
  private final TaskHistory history;
  private final Endings endings;
  private final boolean wasPruned;
  private long runs;

  /**
   * @param wasPruned whether events may be missing
   */
  HistoryCheck(Database database, boolean wasPruned) {
    this.database = database;
    this.events = new EventQuery(database);
    this.wasPruned = wasPruned;
    this.endings = new Endings(wasPruned, endingDifferences);
    this.history = new TaskHistory(wasPruned, taskDifferences);
  }

  List<Finding> run() {
    long last = lastComplete();
    read(0, last, this::follow);
    long tasks = compareTasks(last);
    return List.of(
        runDifferences.finding("runs", "every event is of a run that logged its start", runs),
        taskDifferences.finding("tasks", "every task is where its events left it", tasks),
        endingDifferences.finding(
            "endings", "every end is of something begun, once", endings.checked()));
  }

  /** Nothing can appear up to there any more: else a task might be ahead of the events read. */
  private long lastComplete() {
    long newest = events.lastId();
    long last = database.tail().awaitReadable(newest, LONGEST_WAIT);
    if (last < newest) {
      throw new DatabaseException(
          Kind.BUSY,
          "verify: a transaction that may have written events up to "
              + newest
              + " stays open for "
              + LONGEST_WAIT.toSeconds()
              + " s; nothing was changed; end it and try again ("
              + database.description()
              + ")");
    }
    return last;
  }

  private void read(long after, long upTo, Consumer<Event> reader) {
    long position = after;
    while (position < upTo) {
      List<Event> page = events.after(position, PAGE);
      page.stream().filter(event -> event.id().value() <= upTo).forEach(reader);
      position = page.isEmpty() ? upTo : page.get(page.size() - 1).id().value();
    }
  }

  private void follow(Event event) {
    followRun(event);
    EventType.ofWireName(event.eventType())
        .ifPresent(type -> follow(event, type, payloadOf(event)));
  }

  private void follow(Event event, EventType type, ObjectNode payload) {
    history.follow(event, type, payload);
    endings.follow(event, type, payload);
  }

  private void followRun(Event event) {
    long run = event.runId().value();
    if (event.is(EventType.PROCESS_STARTED) && event.id().value() == run) {
      startedRuns.add(run);
    }
    if (seenRuns.add(run)) {
      runs++;
      if (!startedRuns.contains(run)) {
        runDifferences.accept(
            "event " + event.id() + " is of run " + run + ", which never logged its start");
      }
    }
  }

  private static ObjectNode payloadOf(Event event) {
    try {
      return Json.readObject(event.payload().orElse("{}"));
    } catch (JsonException e) {
      // A row that another program wrote tells nothing.
      return Json.object();
    }
  }

  private long compareTasks(long last) {
    Map<Long, TaskState> rows = taskRows();
    Set<Long> changing = tasksWithEventsAfter(last);
    rows.forEach(
        (task, state) -> {
          if (!changing.contains(task)) {
            compare(task, state);
          }
        });
    for (long task : history.tasks()) {
      if (!wasPruned && !rows.containsKey(task)) {
        taskDifferences.accept("task " + task + " has events and is not in the table of tasks");
      }
    }
    return rows.size();
  }

  private void compare(long task, TaskState state) {
    Optional<TaskState> told = history.stateOf(task);
    if (told.equals(Optional.of(state)) || isExplainedByPruning(state, told)) {
      return;
    }
    String events =
        told.map(where -> "its events say " + where.wireName()).orElse("there are no events of it");
    taskDifferences.accept("task " + task + " is " + state.wireName() + ", " + events);
  }

  /** The trees of those who ended the task or retried it may have gone before its submitter's. */
  private boolean isExplainedByPruning(TaskState state, Optional<TaskState> told) {
    boolean mayHaveBeenRetried =
        told.filter(where -> where == TaskState.FAILED || where == TaskState.CANCELLED).isPresent();
    return wasPruned
        && (state.isFinal() || mayHaveBeenRetried)
        && !told.equals(Optional.of(TaskState.DONE));
  }

  private Map<Long, TaskState> taskRows() {
    Map<Long, TaskState> rows = new HashMap<>();
    long position = 0;
    Map<Long, TaskState> page = taskRowsAfter(position);
    while (!page.isEmpty()) {
      rows.putAll(page);
      position = page.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
      page = taskRowsAfter(position);
    }
    return rows;
  }

  private Map<Long, TaskState> taskRowsAfter(long position) {
    return database.read(
        sql ->
            sql.select(TASKS.ID, TASKS.STATE)
                .from(TASKS)
                .where(TASKS.ID.gt(position))
                .orderBy(TASKS.ID)
                .limit(PAGE)
                .fetchMap(row -> row.value1(), row -> TaskState.ofWireName(row.value2())));
  }

  private Set<Long> tasksWithEventsAfter(long last) {
    Set<Long> tasks = new HashSet<>();
    read(last, events.lastId(), event -> tasks.add(payloadOf(event).path("task_id").asLong()));
    return tasks;
  }
}
