package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TailCommandTest extends ConsoleTest {

  private static final List<String> EVENT_COLUMNS =
      List.of(
          "id",
          "timestamp",
          "run_id",
          "parent_run_id",
          "instance_id",
          "role",
          "event_type",
          "payload");

  @Test
  void showsTheNewestEventsInTheirOrder() {
    fleet.log(fleet.first, "index.rebuilt", Map.of("documents", 7));

    assertThat(run("tail", "--last", "2").lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("run 3  W00002  process.started"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "2030-01-31 12:00:00.000  event 4  run 2  W00001  index.rebuilt  {\"documents\":7}"));
    assertThat(run("tail", "--last", "0").out()).isEmpty();
  }

  @Test
  void filtersEventsByTypeAndRun() {
    fleet.submit("one", "two");
    fleet.answerNext(fleet.first, "1");
    fleet.answerNext(fleet.second, "2");

    Outcome outcome =
        run("tail", "--type", "task.*", "--run", fleet.second.runId().toString(), "--last", "1");

    assertThat(outcome.lines())
        .singleElement()
        .asString()
        .contains("run 3  W00002  task.done  task 2");
  }

  @Test
  void saysThatThereAreNoSuchEvents() {
    assertThat(run("tail", "--type", "task.*")).isEqualTo(new Outcome(0, "no such events\n", ""));
    assertThat(run("tail", "--type", "task.*", "--json").out()).isEmpty();
    for (String noType : List.of("Worker Bad", "")) {
      Outcome outcome = run("tail", "--type", noType);
      assertThat(outcome.exitCode()).isEqualTo(64);
      assertThat(outcome.err()).startsWith("runlog: --type is '" + noType + "'; types have");
    }
  }

  @Test
  void showsTheEventsOfARunThatNeverLoggedItsStart() {
    Emitter foreign = new Emitter(new RunId(777), Optional.empty(), "script", "tool");
    fleet.log(foreign, "index.rebuilt", Map.of());

    assertThat(run("tail", "--run", "777").lines())
        .singleElement()
        .asString()
        .contains("run 777  script  index.rebuilt");
  }

  @Test
  void tellsProgramsTheColumnsOfAnEvent() {
    ObjectNode shown = Json.readObject(run("show", "2", "--json").out());

    assertThat(shown.fieldNames()).toIterable().containsExactlyElementsOf(EVENT_COLUMNS);
    assertThat(shown.get("timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(shown.get("parent_run_id").asLong()).isEqualTo(1);
    assertThat(shown.at("/payload/pid").asLong()).isEqualTo(42);
    assertThat(run("tail", "--json", "--last", "2").lines().get(0)).isEqualTo(shown.toString());
  }
}
