package dev.runlog.events.stats;

import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The calls of some runs, to be looked at by model, role, instance or run. Immutable. */
public final class CallReport {

  private final List<CallTally> tallies;
  private final List<Run> roots;

  CallReport(List<CallTally> tallies, List<Run> roots) {
    this.tallies = List.copyOf(tallies);
    this.roots = List.copyOf(roots);
  }

  public CallStats total() {
    return tallies.stream().map(CallTally::stats).reduce(CallStats.NONE, CallStats::plus);
  }

  /** By the name of the model, in alphabetical order. */
  public Map<String, CallStats> byModel() {
    return by(CallTally::modelName);
  }

  /** By instance, in alphabetical order. */
  public Map<String, CallStats> byInstance() {
    return by(CallTally::instanceId);
  }

  /** By role, in alphabetical order. */
  public Map<String, CallStats> byRole() {
    return by(CallTally::role);
  }

  /** By model, role or instance, in alphabetical order. */
  public Map<String, CallStats> by(CallGroup group) {
    return switch (group) {
      case MODEL -> byModel();
      case ROLE -> byRole();
      case INSTANCE -> byInstance();
    };
  }

  /**
   * By run: each parent before its children, both in the order of their ids. Runs without any call
   * of their own or of a descendant are left out. A run that logged calls without ever having
   * logged its start stands at the end, as if it were a root.
   */
  public List<RunCalls> byRun() {
    Map<RunId, CallTally> unplaced = byRunId();
    List<RunCalls> rows = new ArrayList<>();
    for (Run root : roots) {
      rows.addAll(subtree(root, 0, unplaced));
    }
    for (CallTally left : unplaced.values()) {
      rows.add(new RunCalls(left.run(), left.instanceId(), 0, left.stats(), left.stats()));
    }
    return rows;
  }

  /** The rows of a run and its descendants, none when they made no calls. */
  private static List<RunCalls> subtree(Run run, int depth, Map<RunId, CallTally> unplaced) {
    CallTally tally = unplaced.remove(run.id());
    CallStats own = tally == null ? CallStats.NONE : tally.stats();
    CallStats inclusive = own;
    List<RunCalls> below = new ArrayList<>();
    for (Run child : run.children()) {
      List<RunCalls> rows = subtree(child, depth + 1, unplaced);
      if (!rows.isEmpty()) {
        inclusive = inclusive.plus(rows.get(0).inclusive());
        below.addAll(rows);
      }
    }
    if (tally == null && below.isEmpty()) {
      return List.of();
    }
    below.add(0, new RunCalls(run.id(), run.emitter().instanceId(), depth, own, inclusive));
    return below;
  }

  private Map<RunId, CallTally> byRunId() {
    Map<RunId, CallTally> byRun = new TreeMap<>();
    for (CallTally tally : tallies) {
      byRun.merge(tally.run(), tally, CallReport::ofSameRun);
    }
    return byRun;
  }

  private static CallTally ofSameRun(CallTally one, CallTally other) {
    return new CallTally(
        one.run(), one.instanceId(), one.role(), one.modelName(), one.stats().plus(other.stats()));
  }

  private Map<String, CallStats> by(Function<CallTally, String> key) {
    return tallies.stream()
        .collect(Collectors.toMap(key, CallTally::stats, CallStats::plus, TreeMap::new));
  }
}
