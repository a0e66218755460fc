package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownRootsTest {

  /** R runs, E has ended, O has ended with a child that runs, C is a console command that ended. */
  @ParameterizedTest(name = "of {0} at most {1}")
  @CsvSource({
    "EEEE, 4, '1 2 3 4', 0",
    "EEEE, 2, '3 4',     2",
    "RCCC, 1, '1',       3",
    "RCCC, 2, '1 4',     2",
    "ECCC, 2, '1 4',     2",
    "CECE, 2, '2 4',     2",
    "OEEE, 2, '1 4',     2",
    "RRRC, 2, '1 2 3',   1",
    "CC,   0, '',        2",
    "RC,   9, '1 2',     0"
  })
  void keepsWhatRunsAndDropsTheConsoleFirst(String all, int usual, String shown, int hidden) {
    ShownRoots roots = ShownRoots.of(runs(all), usual);

    assertThat(roots.roots())
        .extracting(run -> run.id().toString())
        .containsExactlyElementsOf(
            Arrays.stream(shown.split(" ")).filter(id -> !id.isEmpty()).toList());
    assertThat(roots.hidden()).isEqualTo(hidden);
  }

  private static List<Run> runs(String letters) {
    return java.util.stream.IntStream.range(0, letters.length())
        .mapToObj(i -> run(i + 1, letters.charAt(i)))
        .toList();
  }

  private static Run run(long id, char letter) {
    List<Run> children = letter == 'O' ? List.of(run(id * 100, 'R')) : List.of();
    boolean runs = letter == 'R';
    return new Run(
        new Emitter(new RunId(id), Optional.empty(), "it", letter == 'C' ? "console" : "tool"),
        Instant.EPOCH,
        1,
        "host",
        runs ? RunState.RUNNING : RunState.STOPPED,
        runs ? Optional.empty() : Optional.of(Instant.EPOCH),
        children);
  }
}
