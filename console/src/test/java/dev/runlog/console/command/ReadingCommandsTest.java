package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingCommandsTest extends ConsoleTest {

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

  @Test
  void addsUpCallsByModel() {
    fleet.call(fleet.first, 1000, 12_000, 500);
    fleet.call(fleet.second, 3000, 8_000, 500);
    fleet.failCall(fleet.second);

    assertThat(run("stats").out())
        .isEqualTo(
            """
            MODEL       CALLS  FAILED   INPUT  CACHED  OUTPUT  REASONING     COST
            gpt-5-mini      3       1  20,000       0   1,000          0  $0.0024

            MODEL        MEAN    P50    P95  ESTIMATED  REPORTED    BIAS  ERROR
            gpt-5-mini  2.0 s  1.0 s  3.0 s     20,004    20,000  +0.0 %  0.0 %
            """);
  }

  @Test
  void countsCallsThatWereLostAndCallsUnderWay() {
    fleet.call(fleet.first, 1000, 12_000, 500);
    fleet.startCall(fleet.first, Optional.empty());
    fleet.startCall(fleet.second, Optional.empty());
    fleet.log(
        fleet.supervisor, "worker.crashed", Map.of("worker_run_id", fleet.first.runId().value()));

    assertThat(run("stats").out())
        .startsWith(
            """
            MODEL       CALLS  FAILED  LOST  RUNNING   INPUT  CACHED  OUTPUT  REASONING     COST
            gpt-5-mini      1       0     1        1  12,000       0     500          0  $0.0012
            """);
    ObjectNode stats = Json.readObject(run("stats", "--json").out());
    assertThat(stats.get("lost").asLong()).isEqualTo(1);
    assertThat(stats.get("running").asLong()).isEqualTo(1);
  }

  @Test
  void addsUpCallsByInstanceWithATotal() {
    fleet.call(fleet.first, 1000, 12_000, 500);
    fleet.call(fleet.second, 3000, 8_000, 500);

    assertThat(run("stats", "--by", "instance").lines())
        .anySatisfy(line -> assertThat(line).startsWith("W00002").contains("8,000"))
        .anySatisfy(line -> assertThat(line).startsWith("total").contains("20,000"));
  }

  @Test
  void addsUpCallsByRunOwnAndInclusive() {
    fleet.call(fleet.first, 1000, 12_000, 500);
    fleet.call(fleet.second, 3000, 8_000, 500);

    List<ObjectNode> runs =
        run("stats", "--by", "run", "--json").lines().stream().map(Json::readObject).toList();

    assertThat(runs.get(0).at("/own/input_tokens").asLong()).isZero();
    assertThat(runs.get(0).at("/inclusive/input_tokens").asLong()).isEqualTo(20_000);
    assertThat(runs.get(0).at("/inclusive/latency_ms/p95").asLong()).isEqualTo(3000);
    assertThat(run("stats", "--by", "run").out())
        .contains("Own calls:", "With the calls of all descendants:", "  2 W00001");
    assertThat(run("stats", "--run", "2").out()).contains("12,000").doesNotContain("20,000");
  }

  @Test
  void addsUpCallsByRole() {
    fleet.call(fleet.first, 1000, 12_000, 500);

    assertThat(run("stats", "--by", "role").lines().get(1)).startsWith("worker").contains("12,000");
  }

  @Test
  void addsUpOnlyTheCallsOfAWindow() {
    fleet.call(fleet.first, 1000, 12_000, 500);

    assertThat(run("stats", "--since", "2030-01-31T12:00:00Z").out()).contains("12,000");
    assertThat(run("stats", "--since", "2030-01-31", "--until", "2030-01-31T12:00").out())
        .isEqualTo("no calls to models in that time\n");
    assertThat(run("stats", "--since", "2031-01-31", "--until", "2030-01-31").err())
        .isEqualTo("runlog: --until is before --since; give the earlier time to --since\n");
    assertThat(run("stats", "--since", "yesterday").err())
        .startsWith("runlog: 'yesterday' is no time; write how long ago");
  }

  @Test
  void tellsHowExactlyContextsWereCounted() {
    fleet.call(fleet.first, 1000, 998, 500);
    fleet.call(fleet.second, 3000, 98, 500);

    assertThat(run("stats", "--accuracy").out())
        .isEqualTo(
            """
            MODEL       CALLS  EXACT    CLOSE  MEAN ERROR  CALLED EXACT  RIGHTLY
            gpt-5-mini      2  0.0 %  100.0 %      1.12 %             2    0.0 %
            """);
    assertThat(run("stats", "--accuracy", "--run", "2", "--json").out())
        .isEqualTo(
            """
            {"model":"gpt-5-mini","calls":1,"exact_calls":0,"close_calls":1,"exact_share":0.0,\
            "close_share":1.0,"mean_relative_error":0.002004008016032064,"called_exact":1,\
            "rightly_called_exact":0}
            """);
  }

  @Test
  void repricesHistoryUnderAnotherTable(@TempDir Path prices) throws IOException {
    Path file =
        Files.writeString(
            prices.resolve("prices.json"),
            "{\"prices\": [{\"model\": \"gpt-5-mini\", \"input\": 1, \"output\": 2}]}");
    fleet.call(fleet.first, 1000, 12_000, 500);

    assertThat(run("stats", "--reprice", file.toString()).out())
        .isEqualTo(
            """
            MODEL       CALLS   LOGGED  REPRICED  DIFFERENCE
            gpt-5-mini      1  $0.0012   $0.0130    +$0.0118
            """);
    assertThat(run("stats", "--reprice", file.toString(), "--json").out())
        .isEqualTo(
            """
            {"model":"gpt-5-mini","calls":1,"priced_calls":1,"cost_usd":0.0012,\
            "repriced_calls":1,"repriced_cost_usd":0.013}
            """);
  }

  @Test
  void saysWhatIsWrongWithATableOfPrices(@TempDir Path prices) throws IOException {
    Path broken = Files.writeString(prices.resolve("prices.json"), "{\"prices\": [{}]}");
    Path none = Files.writeString(prices.resolve("none.json"), "input = 1");

    assertThat(run("stats", "--reprice", broken.toString()).err())
        .startsWith("runlog: --reprice names ")
        .endsWith("which is no table of prices: price 1 (?): \"model\" is missing\n");
    assertThat(run("stats", "--reprice", none.toString()))
        .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(64))
        .satisfies(outcome -> assertThat(outcome.err()).contains("which is no table of prices"));
    assertThat(run("stats", "--reprice", prices.resolve("absent").toString()).err())
        .isEqualTo("runlog: --reprice: there is no file " + prices.resolve("absent") + "\n");
  }

  @Test
  void answersOneQuestionAtATime() {
    assertThat(run("stats", "--accuracy", "--by", "run"))
        .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(64))
        .satisfies(outcome -> assertThat(outcome.err()).contains("--accuracy", "--by"));
  }

  @Test
  void saysThatThereWereNoCalls() {
    assertThat(run("stats", "--accuracy").out()).startsWith("no calls to models there");
    assertThat(run("stats").out()).isEqualTo("no calls to models yet\n");
    assertThat(run("stats", "--json").out()).isEmpty();
  }

  @Test
  void showsWhatFilledAContext() {
    EventId call = fleet.call(fleet.first, 1000, 998, 1);

    assertThat(run("context", call.toString()).out())
        .isEqualTo(
            """
            call 4 of run 2 to gpt-5-mini
            1,000 tokens in 2 messages, 25.0 % of a window of 4,000
            the count is exact

            PART              TOKENS   SHARE
            system               700  70.0 %  █████████████████████
            user                 200  20.0 %  ██████
            tool definitions      90   9.0 %  ██▊
              find_order          80   8.0 %  ██▍
            framing               10   1.0 %  ▎
            total              1,000
            """);
    assertThat(run("context", "5")).isEqualTo(run("context", "4"));
  }

  @Test
  void saysWhyAContextWasNotCounted() {
    fleet.failCall(fleet.first);

    assertThat(run("context", "4").out())
        .endsWith("its context was not counted: tool schema is a list\n");
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
  void saysThatAnEventIsNoCall() {
    assertThat(run("context", "1").err())
        .isEqualTo(
            "runlog: event 1 is process.started, no call to a model; 'runlog tail --type"
                + " llm_call.started' shows the calls\n");
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
