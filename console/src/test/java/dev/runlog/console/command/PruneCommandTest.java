package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruneCommandTest extends ConsoleTest {

  @BeforeEach
  void endARun() {
    Emitter ended = fleet.start(Optional.empty(), "ended", "tool");
    fleet.log(ended, "process.stopped", Map.of("exit_code", 0));
  }

  @Test
  void saysWhatItWouldRemove() {
    assertThat(run("prune", "--keep-rows", "0", "--dry-run").out())
        .isEqualTo(
            "would remove 2 events of 1 tree with 1 run and 0 finished tasks; 1 tree stays\n");
    assertThat(run("tree", "--json").lines()).hasSize(4);
  }

  @Test
  void removesAndArchives() {
    Path file = directory.resolve("old.jsonl.gz");

    assertThat(run("prune", "--keep-rows", "0", "--archive", file.toString()).out())
        .isEqualTo(
            "removed 2 events of 1 tree with 1 run and 0 finished tasks; 2 trees stay;"
                + " the events are in "
                + file
                + "\n");
    assertThat(file).exists();
    assertThat(run("tree").out()).doesNotContain("ended");
    assertThat(run("tail").out()).contains("events.pruned  2 events · of 1 trees");
  }

  @Test
  void tellsPrograms() {
    assertThat(Json.readObject(run("prune", "--older-than", "100w", "--json").out()))
        .isEqualTo(
            Json.readObject(
                """
                {"dry_run": false, "rows": 0, "trees": 0, "runs": 0, "tasks": 0, "kept_trees": 3,
                 "complete": true, "archive": null}
                """));
  }

  @Test
  void removesNothingWithoutItsArchive() {
    assertThat(run("prune", "--keep-rows", "0", "--archive", file.toString()))
        .satisfies(
            outcome -> {
              assertThat(outcome.exitCode()).isEqualTo(69);
              assertThat(outcome.err()).contains("the file exists; nothing was removed");
            });
    assertThat(run("tree").out()).contains("ended");
  }

  @ParameterizedTest(name = "prune {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "                                  | runlog: give one of --older-than=AGE",
        "--older-than 3                    | '3' is no length of time; write 45s, 90m, 12h, 30d",
        "--keep-rows -1                    | -1 rows cannot be kept; give 0 or more",
        "--keep-rows many                  | many",
        "--keep-rows 1 --older-than 30d    | give only one of "
      })
  void refusesARuleThatIsNone(String args, String message) {
    String given = args == null ? "prune" : "prune " + args;

    ConsoleSession.Outcome outcome = run(given.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains(message);
  }
}
