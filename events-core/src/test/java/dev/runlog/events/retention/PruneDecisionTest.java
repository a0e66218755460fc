package dev.runlog.events.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.events.retention.RetentionRule.AtMostRows;
import dev.runlog.events.retention.RetentionRule.NewerThan;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruneDecisionTest {

  private static final EventId FAR = new EventId(1_000_000);

  @ParameterizedTest(name = "older than second {0}: {1}")
  @CsvSource({"5, ''", "10, ''", "11, '1'", "21, '1 2'", "99, '1 2 3'"})
  void choosesTheTreesThatEndedBeforeTheLimit(long second, String roots) {
    assertThat(choose(new NewerThan(Instant.ofEpochSecond(second)), tree(1), tree(2), tree(3)))
        .isEqualTo(roots);
  }

  @ParameterizedTest(name = "at most {0} rows: {1}")
  @CsvSource({"30, ''", "29, '1'", "20, '1'", "19, '1 2'", "0, '1 2 3'"})
  void choosesTheOldestTreesUntilFewEnoughRowsAreLeft(long rows, String roots) {
    assertThat(choose(new AtMostRows(rows), tree(1), tree(2), tree(3))).isEqualTo(roots);
  }

  @Test
  void keepsTreesThatRunOrWhoseTasksDo() {
    assertThat(choose(all(), tree(1).running(), tree(2), tree(3).withTasks())).isEqualTo("2");
  }

  @Test
  void keepsTheTreeOfTheNewestRow() {
    List<Tree> trees = List.of(tree(1).tree, tree(2).tree);

    assertThat(PruneDecision.choose(trees, all(), 20, tree(2).tree.newestEvent()))
        .extracting(Tree::root)
        .containsExactly(new RunId(1));
  }

  @Test
  void keepsATreeThatTellsHowAKeptOneEnded() {
    assertThat(choose(all(), tree(1).withTasks(), tree(2).tellingOf(1), tree(3).tellingOf(2)))
        .isEqualTo("");
    assertThat(choose(all(), tree(1), tree(2).tellingOf(1), tree(3).withTasks())).isEqualTo("1 2");
  }

  @Test
  void choosesNothingOfNothing() {
    assertThat(choose(all())).isEmpty();
    assertThat(choose(new AtMostRows(0))).isEmpty();
  }

  private static RetentionRule all() {
    return new NewerThan(Instant.MAX);
  }

  private static String choose(RetentionRule rule, Sketch... sketches) {
    List<Tree> trees = Arrays.stream(sketches).map(sketch -> sketch.tree).toList();
    return PruneDecision.choose(trees, rule, 10L * trees.size(), FAR).stream()
        .map(tree -> tree.root().toString())
        .collect(Collectors.joining(" "));
  }

  /** A tree of one run with 10 rows, the newest at second root × 10. */
  private static Sketch tree(long root) {
    return new Sketch(sketch(root, true, false, Set.of()));
  }

  private static Tree sketch(long root, boolean ended, boolean tasks, Set<RunId> endsToldFor) {
    RunId run = new RunId(root);
    return new Tree(
        run,
        List.of(run),
        10,
        new EventId(root * 10),
        Instant.ofEpochSecond(root * 10),
        ended,
        tasks,
        endsToldFor);
  }

  private record Sketch(Tree tree) {

    Sketch running() {
      return new Sketch(sketch(tree.root().value(), false, false, Set.of()));
    }

    Sketch withTasks() {
      return new Sketch(sketch(tree.root().value(), true, true, Set.of()));
    }

    Sketch tellingOf(long... roots) {
      Set<RunId> others =
          Stream.of(roots)
              .flatMap(given -> Arrays.stream(given).mapToObj(RunId::new))
              .collect(Collectors.toSet());
      return new Sketch(sketch(tree.root().value(), true, false, others));
    }
  }
}
