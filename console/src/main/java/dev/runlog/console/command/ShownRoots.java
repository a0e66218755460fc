package dev.runlog.console.command;

import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which roots a tree for people shows: all in which something runs; beside them the newest of those
 * that have ended, and of these the runs of the console last, since every command that writes is
 * one.
 *
 * @param roots the roots that are shown, in the order of their ids
 * @param hidden how many are not, all of which have ended
 */
record ShownRoots(List<Run> roots, int hidden) {

  ShownRoots {
    roots = List.copyOf(roots);
  }

  /**
   * Chooses.
   *
   * @param all the roots in the order of their ids
   * @param usual how many are shown, unless more are alive
   */
  static ShownRoots of(List<Run> all, int usual) {
    Set<Run> chosen = new HashSet<>(all.stream().filter(ShownRoots::isAlive).toList());
    all.stream()
        .filter(root -> !isAlive(root))
        .sorted(
            Comparator.comparing(ShownRoots::isOfConsole).thenComparing(root -> -root.id().value()))
        .limit(Math.max(0, usual - chosen.size()))
        .forEach(chosen::add);
    List<Run> shown = all.stream().filter(chosen::contains).toList();
    return new ShownRoots(shown, all.size() - shown.size());
  }

  private static boolean isAlive(Run run) {
    return run.state() == RunState.RUNNING || run.children().stream().anyMatch(ShownRoots::isAlive);
  }

  private static boolean isOfConsole(Run run) {
    return run.emitter().role().equals(RunlogCommand.ROLE);
  }
}
