package dev.runlog.events.retention;

import static dev.runlog.events.schema.Tables.EVENTS;
import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunState;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.tasks.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Looks at all trees of runs, in short reads. */
final class TreeSurvey {

  private final Database database;
  private final EventQuery events;

  TreeSurvey(Database database) {
    this.database = database;
    this.events = new EventQuery(database);
  }

  /** All trees, in the order of their roots. */
  List<Tree> trees() {
    List<Run> roots = new RunTree(database).roots();
    Map<RunId, RunId> rootByRun = rootByRun(roots);
    Map<RunId, Set<RunId>> endsTold = endsToldByRoot(rootByRun);
    Set<RunId> withTasks = runsWithUnfinishedTasks();
    return roots.stream()
        .map(root -> tree(root, endsTold.getOrDefault(root.id(), Set.of()), withTasks))
        .toList();
  }

  /** The runs that submitted or hold a task that is not yet final. */
  Set<RunId> runsWithUnfinishedTasks() {
    return database.read(
        sql -> {
          Set<RunId> runs = new HashSet<>();
          for (TaskState state : List.of(TaskState.QUEUED, TaskState.CLAIMED)) {
            runs.addAll(runsOfTasks(sql, TASKS.SUBMITTED_BY, state));
            runs.addAll(runsOfTasks(sql, TASKS.CLAIMED_BY, state));
          }
          return runs;
        });
  }

  private static List<RunId> runsOfTasks(DSLContext sql, Field<Long> run, TaskState state) {
    return sql.selectDistinct(run)
        .from(TASKS)
        .where(TASKS.STATE.eq(DSL.inline(state.wireName())))
        .and(run.isNotNull())
        .fetch(row -> new RunId(row.value1()));
  }

  private Tree tree(Run root, Set<RunId> endsToldFor, Set<RunId> withTasks) {
    List<Run> runs = childrenFirst(root).toList();
    List<RunId> ids = runs.stream().map(Run::id).toList();
    boolean hasEnded = runs.stream().noneMatch(run -> run.state() == RunState.RUNNING);
    boolean holdsTasks = ids.stream().anyMatch(withTasks::contains);
    List<Extent> extents = ids.stream().map(this::extentOf).toList();
    EventId newest =
        new EventId(
            extents.stream().mapToLong(Extent::newestId).reduce(root.id().value(), Math::max));
    return new Tree(
        root.id(),
        ids,
        extents.stream().mapToLong(Extent::rows).sum(),
        newest,
        events.find(newest).map(Event::timestamp).orElse(Instant.MAX),
        hasEnded,
        holdsTasks,
        endsToldFor);
  }

  /** How many events a run emitted, and the last of them. */
  private record Extent(long rows, long newestId) {}

  private Extent extentOf(RunId run) {
    Field<Long> rows = DSL.count().cast(Long.class);
    Field<Long> newest = DSL.coalesce(DSL.max(EVENTS.ID), 0L);
    return database.read(
        sql ->
            sql.select(rows, newest)
                .from(EVENTS)
                .where(EVENTS.RUN_ID.eq(run.value()))
                .fetchSingle(row -> new Extent(row.value1(), row.value2())));
  }

  private static Map<RunId, RunId> rootByRun(List<Run> roots) {
    Map<RunId, RunId> rootByRun = new HashMap<>();
    for (Run root : roots) {
      childrenFirst(root).forEach(run -> rootByRun.put(run.id(), root.id()));
    }
    return rootByRun;
  }

  /** A supervisor tells the ends of runs that an earlier one left behind, which are other trees. */
  private Map<RunId, Set<RunId>> endsToldByRoot(Map<RunId, RunId> rootByRun) {
    List<Event> ends = new ArrayList<>(events.ofType(EventType.WORKER_CRASHED));
    ends.addAll(events.ofType(EventType.WORKER_EXITED));
    Map<RunId, Set<RunId>> endsTold = new HashMap<>();
    for (Event end : ends) {
      Optional<RunId> teller = Optional.ofNullable(rootByRun.get(end.runId()));
      Optional<RunId> ended = endedRun(end).map(rootByRun::get);
      if (teller.isPresent() && ended.isPresent() && !teller.equals(ended)) {
        endsTold.computeIfAbsent(teller.get(), root -> new HashSet<>()).add(ended.get());
      }
    }
    return endsTold;
  }

  private static Optional<RunId> endedRun(Event end) {
    try {
      long run = Json.readObject(end.payload().orElse("{}")).path("worker_run_id").asLong();
      return run > 0 ? Optional.of(new RunId(run)) : Optional.empty();
    } catch (JsonException e) {
      // A row that another program wrote ends nobody.
      return Optional.empty();
    }
  }

  private static Stream<Run> childrenFirst(Run run) {
    return Stream.concat(
        run.children().stream().flatMap(TreeSurvey::childrenFirst), Stream.of(run));
  }
}
