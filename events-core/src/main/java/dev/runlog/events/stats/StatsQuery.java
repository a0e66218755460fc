package dev.runlog.events.stats;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.log.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Adds up the calls to models that have ended, from {@code llm_call.completed} and {@code
 * llm_call.failed}. Reads the sums that the store keeps for each hour beside the events, and only
 * at the ends of a window the events themselves; an event whose payload is no JSON is left out.
 * Where it says so, calls without an end are counted beside them. Thread-safe.
 */
public final class StatsQuery {

  private final Database database;

  public StatsQuery(Database database) {
    this.database = database;
  }

  /** The calls of all runs. */
  public CallReport ofAll() {
    return ofAll(TimeWindow.ALL);
  }

  /** The calls of all runs that ended in a window, and those begun in it that have no end. */
  public CallReport ofAll(TimeWindow window) {
    // The calls before the tree: a run starts before it calls, so no caller is missing in the tree.
    List<CallTally> tallies = tallies(DSL.noCondition(), window);
    return new CallReport(tallies, new RunTree(database).roots());
  }

  /**
   * The calls that ended in a window, and those begun in it that have no end, by model, role or
   * instance, in alphabetical order. Quicker than a report of all runs: the store adds up, and the
   * tree of runs is read only when there are calls without an end.
   */
  public Map<String, CallStats> ofAllBy(CallGroup group, TimeWindow window) {
    Map<String, CallStats> groups = database.read(sql -> CallRows.statsBy(sql, group, window));
    new CallReport(new UnendedCalls(database).tallies(DSL.noCondition(), window), List.of())
        .by(group)
        .forEach((name, unended) -> groups.merge(name, unended, CallStats::plus));
    return groups;
  }

  /**
   * The calls of each model that ended in a window, by its name in alphabetical order, without
   * their latencies. Quicker than a report: the store adds up, and no tree of runs is read.
   */
  public Map<String, CallStats> countsByModel(TimeWindow window) {
    return database.read(sql -> CallRows.countsByModel(sql, window));
  }

  /** The calls of a run and all its descendants; empty when there is no such run. */
  public Optional<CallReport> ofSubtree(RunId root) {
    return ofSubtree(root, TimeWindow.ALL);
  }

  /**
   * The calls of a run and all its descendants that ended in a window, and those begun in it that
   * have no end; empty when there is no such run.
   */
  public Optional<CallReport> ofSubtree(RunId root, TimeWindow window) {
    List<CallTally> tallies = tallies(CallRows.RUN_ID.in(EventQuery.subtreeOf(root)), window);
    return new RunTree(database).of(root).map(tree -> new CallReport(tallies, List.of(tree)));
  }

  /** The own calls of each run that made some, without their latencies, which is quicker. */
  public Map<RunId, CallStats> countsByRun() {
    return database.read(sql -> CallRows.talliesWithoutLatencies(sql, DSL.noCondition())).stream()
        .collect(Collectors.toMap(CallTally::run, CallTally::stats, CallStats::plus));
  }

  /** How many tasks each run ended with a result; runs without any are left out. */
  public Map<RunId, Long> tasksDoneByRun() {
    return database.read(CallRows::tasksDoneByRun);
  }

  private List<CallTally> tallies(Condition runs, TimeWindow window) {
    List<CallTally> tallies =
        new ArrayList<>(database.read(sql -> CallRows.tallies(sql, runs, window)));
    tallies.addAll(new UnendedCalls(database).tallies(runs, window));
    return tallies;
  }
}
