package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeCommandTest extends ConsoleTest {

  @Test
  void drawsTheTreeOfRuns() {
    Emitter grandchild = fleet.start(Optional.of(fleet.first.runId()), "helper", "tool");
    fleet.log(
        fleet.supervisor,
        "worker.crashed",
        Map.of("worker_run_id", fleet.second.runId().value(), "exit_code", 137));
    fleet.submit("hello");
    fleet.answerNext(fleet.first, "Hi");
    fleet.call(grandchild, 10, 2000, 3);

    assertThat(run("tree").lines())
        .map(line -> line.replaceAll(" (\\d+ ms|[\\d.]+ \\w( \\d\\d \\w)?)", " T"))
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "RUN INSTANCE ROLE STATE UPTIME DONE TOKENS",
            "1 supervisor-main supervisor running T",
            "├─ 2 W00001 worker running T 1 125",
            "│ └─ 4 helper tool running T 2,003",
            "└─ 3 W00002 worker crashed T");
  }

  @Test
  void cutsTheTreeAtADepth() {
    fleet.start(Optional.of(fleet.first.runId()), "helper", "tool");

    assertThat(run("tree", "--depth", "1").out()).contains("├─ 2 +1").doesNotContain("helper");
    assertThat(run("tree", "--depth", "0").lines()).hasSize(2);
  }

  @Test
  void drawsOnlyTheWantedRun() {
    assertThat(run("tree", "2").out())
        .contains("W00001")
        .doesNotContain("supervisor-main", "W00002");
  }

  @Test
  void keepsTheFleetInSightBesideManyCommandsOfTheConsole() {
    for (int i = 0; i < 30; i++) {
      Emitter command = fleet.start(Optional.empty(), "console", "console");
      fleet.log(command, "process.stopped", Map.of("exit_code", 0));
    }

    assertThat(run("tree").lines())
        .hasSize(24)
        .anySatisfy(line -> assertThat(line).startsWith("1  ").contains("supervisor-main"))
        .last()
        .isEqualTo("… and 11 ended roots; --all shows them");
    assertThat(run("tree", "--all").lines()).hasSize(34);
    assertThat(run("tree", "--json").lines()).hasSize(33);
  }

  @Test
  void tellsProgramsTheTreeFlat() {
    List<ObjectNode> runs = run("tree", "--json").lines().stream().map(Json::readObject).toList();

    assertThat(runs).extracting(run -> run.get("run_id").asLong()).containsExactly(1L, 2L, 3L);
    assertThat(runs.get(1).get("parent_run_id").asLong()).isEqualTo(1);
    assertThat(runs.get(1).get("depth").asInt()).isEqualTo(1);
    assertThat(runs.get(1).get("state").asText()).isEqualTo("running");
    assertThat(runs.get(1).get("ended_at").isNull()).isTrue();
  }
}
