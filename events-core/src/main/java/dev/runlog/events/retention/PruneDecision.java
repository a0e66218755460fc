package dev.runlog.events.retention;

import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.events.retention.RetentionRule.AtMostRows;
import dev.runlog.events.retention.RetentionRule.NewerThan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which trees go. */
final class PruneDecision {

  private PruneDecision() {}

  /**
   * The trees that go, in the order in which they go: a tree that tells how another one ended goes
   * after that one, or stays with it.
   *
   * @param trees all trees
   * @param rows how many events the table has
   * @param newestRow the last event of the table, which always stays: ids are never given twice
   */
  static List<Tree> choose(List<Tree> trees, RetentionRule rule, long rows, EventId newestRow) {
    List<Tree> mayGo =
        trees.stream()
            .filter(tree -> tree.hasEnded() && !tree.holdsTasks())
            .filter(tree -> !tree.newestEvent().equals(newestRow))
            .sorted(Comparator.comparingLong(tree -> tree.newestEvent().value()))
            .toList();
    List<Tree> chosen = new ArrayList<>(fulfilling(rule, mayGo, rows));
    Set<RunId> going;
    do {
      going = chosen.stream().map(Tree::root).collect(Collectors.toSet());
    } while (removeAllThatTellOfOthersThan(going, chosen));
    chosen.sort(Comparator.comparingLong(tree -> tree.root().value()));
    return List.copyOf(chosen);
  }

  private static List<Tree> fulfilling(RetentionRule rule, List<Tree> oldestFirst, long rows) {
    if (rule instanceof NewerThan newer) {
      return oldestFirst.stream().filter(tree -> tree.newestAt().isBefore(newer.limit())).toList();
    }
    return oldestUntil(((AtMostRows) rule).rows(), oldestFirst, rows);
  }

  private static List<Tree> oldestUntil(long wanted, List<Tree> oldestFirst, long rows) {
    List<Tree> chosen = new ArrayList<>();
    long left = rows;
    for (Tree tree : oldestFirst) {
      if (left <= wanted) {
        break;
      }
      chosen.add(tree);
      left -= tree.rows();
    }
    return chosen;
  }

  /** Each tree that stays may make another one stay, so this is done until nothing changes. */
  private static boolean removeAllThatTellOfOthersThan(Set<RunId> going, List<Tree> chosen) {
    return chosen.removeIf(tree -> !going.containsAll(tree.endsToldFor()));
  }
}
