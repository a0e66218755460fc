package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.log.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands that only read have in common, and the event in full. */
class ReadingCommandsTest extends ConsoleTest {

  @Test
  void showsAnEventInFull() {
    fleet.log(fleet.supervisor, "index.rebuilt", Map.of("documents", 7));

    assertThat(run("show", "4").out())
        .isEqualTo(
            """
            id             4
            timestamp      1896091200000  2030-01-31 12:00:00
            run_id         1
            parent_run_id  –
            instance_id    supervisor-main
            role           supervisor
            event_type     index.rebuilt
            payload
            {
              "documents" : 7
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree 99", "stats --run 99", "tail --run 99", "show 99", "context 99"})
  void saysThatAnIdIsNotKnown(String commandLine) {
    Outcome outcome = run(commandLine.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("runlog: there is no ")
        .contains(" 99; 'runlog ");
  }

  @Test
  void colorsOnlyATerminalThatWantsIt() {
    assertThat(run("tree").out()).doesNotContain("\u001b");
    console.onATerminal();
    assertThat(run("tree").out()).contains("\u001b[32mrunning\u001b[0m");
    console.withEnv("NO_COLOR", "1");
    assertThat(run("tree").out()).doesNotContain("\u001b");
  }

  @Test
  void neverChangesTheDatabaseFile() throws IOException {
    fleet.submit("hello");
    EventId call = fleet.call(fleet.first, 10, 20, 3);
    fleet.close();
    byte[] before = Files.readAllBytes(file);

    for (String command :
        List.of(
            "tree",
            "tail",
            "show 1",
            "stats --by run",
            "tasks",
            "tasks show 1",
            "context " + call)) {
      assertThat(run(command.split(" ")).exitCode()).isZero();
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
