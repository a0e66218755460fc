package dev.runlog.console.render;

import dev.runlog.events.log.Run;
import dev.runlog.events.stats.CallStats;
import java.util.List;

/**
 * A run as one line of a tree.
 *
 * @param run the run
 * @param depth how far below the root it stands
 * @param branch the lines of the tree that lead to it, empty for a root
 * @param hidden how many descendants are not shown because the tree is cut below this run
 */
public record RunRow(Run run, int depth, String branch, long hidden) {

  /**
   * What a run did, counted over its own events.
   *
   * @param tasksDone tasks that it ended with a result
   * @param calls its calls to models
   */
  public record Work(long tasksDone, CallStats calls) {}

  /**
   * The rows of a tree, each parent before its children.
   *
   * @param mostDepth how many levels below the root are shown
   */
  public static List<RunRow> of(Run root, int mostDepth) {
    return Branch.of(root, at -> at.depth() < mostDepth ? at.node().children() : List.of()).stream()
        .map(at -> of(at, mostDepth))
        .toList();
  }

  private static RunRow of(Branch<Run> at, int mostDepth) {
    long hidden = at.depth() < mostDepth ? 0 : descendants(at.node());
    return new RunRow(at.node(), at.depth(), at.lines(), hidden);
  }

  private static long descendants(Run run) {
    return run.children().stream().mapToLong(child -> 1 + descendants(child)).sum();
  }
}
