package dev.runlog.supervisor.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.process.settings.SettingsException;
import dev.runlog.supervisor.restart.RestartRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "fleet.yaml");

  @TempDir Path directory;

  @Test
  void readsTheExample() {
    FleetFile fleet = FleetFile.read(EXAMPLE);

    assertThat(fleet.processes()).isEqualTo(7);
    assertThat(fleet.children())
        .extracting(Member::role)
        .containsExactly("worker", "heartbeat", "supervisor");
    Member workers = fleet.children().get(0);
    assertThat(workers.isBuiltInWorker()).isTrue();
    assertThat(workers.count()).isEqualTo(3);
    assertThat(workers.env()).isEqualTo(Map.of("OPENAI_MODEL", "gpt-5-mini"));
    assertThat(workers.names()).isEmpty();
    Member program = fleet.children().get(1);
    assertThat(program.command()).startsWith("sh", "-c").hasSize(3);
    assertThat(program.names()).containsExactly("heartbeat-1");
    assertThat(program.grace()).contains(Duration.ofSeconds(5));
    assertThat(program.run()).isEqualTo(RunMode.WRAPPED);
  }

  @Test
  void tellsASupervisorInTheTreeWhatItRuns() {
    FleetFile fleet = FleetFile.read(EXAMPLE);

    assertThat(fleet.childrenOf(Optional.of("supervisor-night")))
        .singleElement()
        .satisfies(workers -> assertThat(workers.count()).isEqualTo(2));
    assertThatThrownBy(() -> fleet.childrenOf(Optional.of("nobody")))
        .hasMessageContaining("there is no supervisor named nobody");
  }

  @Test
  void readsEveryField() {
    Member member =
        read("""
                children:
                  - role: importer
                    instance: imp
                    count: 2
                    command: [python3, import.py]
                    restart: on-failure
                    run: none
                    grace: 2m
                """)
            .children()
            .get(0);

    assertThat(member.names()).containsExactly("imp-1", "imp-2");
    assertThat(member.command()).isEqualTo(List.of("python3", "import.py"));
    assertThat(member.restart()).isEqualTo(RestartRule.ON_FAILURE);
    assertThat(member.run()).isEqualTo(RunMode.NONE);
    assertThat(member.grace()).contains(Duration.ofMinutes(2));
    assertThat(member.line()).isEqualTo(2);
  }

  @Test
  void tellsEveryProblemWithItsLine() {
    String text =
        """
        children:
          - role: importer
            cuont: 2
            count: many
          - instance: a b
            command: python3
          - role: worker
            instance: same
            restart: sometimes
          - role: worker
            instance: same
            grace: 5
            children:
              - worker
        limit: 3
        """;

    assertThat(problemsOf(text))
        .containsExactly(
            "2: the role importer has no command; only the role worker comes with one",
            "3: 'cuont' is no field here; use children, command, count, env, grace, instance,"
                + " restart, role, run",
            "4: count: expected a whole number from 1 to 256, got 'many'",
            "5: a child has no role",
            "5: instance: 'a b' is not an instance name; use up to 100 letters, digits and . _ @ -"
                + " such as W00001",
            "6: command is no list; write [a, b] or lines that begin with -",
            "9: restart: 'sometimes' is no restart rule; use always, on-failure or never",
            "10: the name same is taken by line 7; give another instance",
            "12: grace: '5' is no time; write 500ms, 30s, 5m or 1h",
            "14: a child is no plain value; give it a role",
            "15: 'limit' is no field here; use children, spares");
  }

  @Test
  void tellsWhatNoProcessCanBeGiven() {
    String text =
        """
        children:
          - role: importer
            command: [python3, "a\\0b"]
            env:
              "A=B": x
              "": y
              "N\\0UL": z
              FINE: "x\\0y"
        """;

    assertThat(problemsOf(text))
        .containsExactly(
            "3: command: an argument holds a NUL character, which no process can be given",
            "5: env: 'A=B' cannot be the name of an environment variable",
            "6: env: '' cannot be the name of an environment variable",
            "7: env: a variable name holds a NUL character, which no process can be given",
            "8: env: the variable FINE holds a NUL character, which no process can be given");
  }

  @Test
  void tellsOfANameThatAWorkerWithoutOneMayGet() {
    String named = "children:\n  - role: worker\n    instance: W00001\n";

    assertThat(problemsOf(named)).isEmpty();
    assertThat(problemsOf(named + "  - role: worker\n"))
        .containsExactly(
            "2: the name W00001 may be given to the worker of line 4, which has no instance; give"
                + " another one");
  }

  @Test
  void saysWhereAFileIsNoYaml() {
    assertThat(problemsOf("children:\n  - role: worker\n   count: 1\n"))
        .singleElement()
        .asString()
        .startsWith("3: not YAML: ");
    assertThat(problemsOf("")).containsExactly("1: the file is empty; it needs children");
    assertThat(problemsOf("- a\n")).containsExactly("1: the file has no fields; it needs children");
    assertThat(problemsOf("children: []\n")).containsExactly("1: there are no children");
  }

  @Test
  void endsWithATreeThatIsItsOwnBranch() {
    String text = "children: &all\n  - role: supervisor\n    children: *all\n";

    assertThat(problemsOf(text)).contains("2: children are nested more than 10 deep");
  }

  @Test
  void saysThatAFileCannotBeRead() {
    assertThatThrownBy(() -> FleetFile.read(directory.resolve("none.yaml")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("there is no file ");
  }

  private List<String> problemsOf(String text) {
    try {
      read(text);
      return List.of();
    } catch (SettingsException e) {
      String prefix = directory.resolve("fleet.yaml") + ":";
      return e.problems().stream().map(problem -> problem.substring(prefix.length())).toList();
    }
  }

  private FleetFile read(String text) {
    try {
      return FleetFile.read(Files.writeString(directory.resolve("fleet.yaml"), text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
