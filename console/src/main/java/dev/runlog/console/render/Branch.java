package dev.runlog.console.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A node as one line of a tree.
 *
 * @param node what stands there
 * @param depth how far below the root it stands
 * @param lines the lines of the tree that lead to it, empty for a root
 * @param <N> the type of the nodes
 */
public record Branch<N>(N node, int depth, String lines) {

  /**
   * The lines of a tree, each parent before its children.
   *
   * @param children those of a node that are shown
   */
  public static <N> List<Branch<N>> of(N root, Function<Branch<N>, List<N>> children) {
    List<Branch<N>> all = new ArrayList<>();
    add(new Branch<>(root, 0, ""), "", children, all);
    return all;
  }

  private static <N> void add(
      Branch<N> branch,
      String below,
      Function<Branch<N>, List<N>> childrenOf,
      List<Branch<N>> all) {
    all.add(branch);
    List<N> children = childrenOf.apply(branch);
    for (int i = 0; i < children.size(); i++) {
      boolean isLast = i == children.size() - 1;
      add(
          new Branch<>(children.get(i), branch.depth() + 1, below + (isLast ? "└─ " : "├─ ")),
          below + (isLast ? "   " : "│  "),
          childrenOf,
          all);
    }
  }
}
