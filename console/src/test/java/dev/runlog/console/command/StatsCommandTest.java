package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsCommandTest extends ConsoleTest {

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
}
