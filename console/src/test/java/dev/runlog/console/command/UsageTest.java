package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tre                     | runlog: 'tre' is no command; did you mean 'tree'?
          tasks lst               | runlog: 'lst' is no command; did you mean 'list'?
          tasks list --stat done  | runlog: '--stat' is no option; did you mean '--state'?
          tree 1 2                | runlog: '2' is no argument here
          show                    | runlog: missing required parameter: 'EVENT'
          show x                  | runlog: 'x' is not an event id; 'runlog tail' shows some
          show 0                  | runlog: '0' is not an event id; 'runlog tail' shows some
          tree x                  | runlog: 'x' is not a run id; 'runlog tree' shows them
          tasks show -1           | runlog: '-1' is not a task id; 'runlog tasks list' shows them
          tasks list --state bad  | runlog: 'bad' is no state of a task; use queued, claimed, done, failed or cancelled
          tasks list --limit 0    | runlog: --limit is 0; give at least 1
          tail --last -1          | runlog: --last is -1; give 0 or a larger number
          tree --depth -1         | runlog: --depth is -1; give 0 or a larger number
          stats --by x            | runlog: 'x' is no group; use model, role, instance or run
          submit                  | runlog: give one of --prompt TEXT, --file FILE and - (standard input)
          submit --prompt a -     | runlog: give one of --prompt TEXT, --file FILE and - (standard input), not several
          submit --prompt a --model= | runlog: --model is empty; give a name, or leave it out
          submit tasks.jsonl      | runlog: 'tasks.jsonl' is no source; write --prompt TEXT, --file FILE or -
          """)
  void saysInOneLineWhatIsWrongAndInOneWhereHelpIs(String commandLine, String complaint) {
    Outcome outcome = run(commandLine.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(complaint),
            second -> assertThat(second).startsWith("runlog: see 'runlog").endsWith("--help'"));
  }

  @Test
  void showsTheCommandsWhenNoneIsGiven() {
    Outcome outcome = run();

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("submit", "tasks", "tree", "tail", "show", "stats");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "submit --help",
        "tasks --help",
        "tasks list --help",
        "tasks retry --help",
        "tree --help",
        "tail --help",
        "show --help",
        "stats --help",
        "context --help",
        "stop --help",
        "restart --help",
        "scale --help",
        "revision --help",
        "revision add --help",
        "revision diff --help",
        "exec --help",
        "tasks pause --help",
        "tasks limit --help",
        "log --help"
      })
  void helpsWithEachCommandIn80Columns(String commandLine) {
    Outcome outcome = run(commandLine.split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("Usage: runlog").contains("--db", "--json");
    assertThat(outcome.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version").out().strip()).isEqualTo("runlog dev");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tree",
        "tail",
        "stats",
        "show 1",
        "context 1",
        "tasks",
        "tasks list",
        "tasks show 1",
        "tasks retry 1",
        "tasks cancel 1",
        "tasks pause chat",
        "tasks resume chat",
        "tasks limit chat 2",
        "stop W00001",
        "restart W00001",
        "scale worker 2"
      })
  void makesNoDatabaseWhereThereIsNone(String commandLine) throws IOException {
    Outcome outcome = run(commandLine.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("runlog: open database " + directory.resolve("runlog.db"))
        .contains("there is no database");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void tellsAllWrongSettingsAtOnce() {
    Outcome outcome =
        session().withEnv("RUNLOG_DURABILITY", "often").withEnv("RUNLOG_WORKRES", "3").run("tree");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err().lines())
        .containsExactly(
            "runlog: RUNLOG_DURABILITY: 'often' is not a durability; use power or process",
            "runlog: RUNLOG_WORKRES is not a setting; did you mean RUNLOG_WORKERS?");
  }

  @Test
  void refusesAFileOfAnotherProgram() throws IOException {
    Path other = Files.writeString(directory.resolve("notes.txt"), "no database at all".repeat(99));

    Outcome outcome = run("tree", "--db", other.toString());

    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err()).startsWith("runlog: ").contains("not a SQLite database");
    assertThat(other).content().startsWith("no database at all");
  }

  private Outcome run(String... args) {
    return session().run(args);
  }

  private ConsoleSession session() {
    return new ConsoleSession(directory.resolve("runlog.db"));
  }
}
