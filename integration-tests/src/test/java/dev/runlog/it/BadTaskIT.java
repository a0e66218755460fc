package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class BadTaskIT {

  private static final int USAGE = 64;
  private static final String NOTHING = "runlog: nothing was submitted";

  /** An astronaut of three code points, a NUL, a control character, and half of an emoji. */
  private static final String STRANGE = "an \uD83D\uDC69\u200D\uD83D\uDE80, a \0, a \u001B, \uD83D";

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void everyMalformedLineIsNamedAndNoLineIsSubmitted() throws Exception {
    Path file =
        write(
            "{\"prompt\": \"good\"}",
            "{\"prompt\": \"cut",
            "",
            "[1, 2]",
            "{\"model\": \"gpt-5-mini\"}",
            "{\"prompt\": \"good\", \"max_attempts\": \"many\"}",
            "{\"prompt\": \"good\"}");
    Outcome outcome = fleet.run(Program.CONSOLE, "submit", "--file", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err()).hasSize(5);
    assertThat(outcome.err().get(0)).startsWith("runlog: " + file + " line 2: not a task");
    assertThat(outcome.err().get(1)).startsWith("runlog: " + file + " line 4: not a task");
    assertThat(outcome.err().get(2))
        .startsWith("runlog: " + file + " line 5: the task has neither prompt nor messages");
    assertThat(outcome.err().get(3)).startsWith("runlog: " + file + " line 6: max_attempts");
    assertThat(outcome.err().get(4)).isEqualTo(NOTHING);
    assertNothingWasWritten(outcome);
  }

  @Test
  void anEmptyPromptIsRefused() throws Exception {
    Outcome outcome = fleet.run(Program.CONSOLE, "submit", "--prompt", " ");
    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .containsExactly("runlog: the prompt is empty; give a text; nothing was submitted");
    assertNothingWasWritten(outcome);
  }

  @Test
  void aTaskOfTenMegabytesIsRefusedWithItsSize() throws Exception {
    Path file = write("{\"prompt\": \"" + "x".repeat(10_000_000) + "\"}");
    Outcome outcome = fleet.run(Program.CONSOLE, "submit", "--file", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err()).hasSize(2);
    assertThat(outcome.err().get(0))
        .startsWith("runlog: " + file + " line 1: the task has 100000")
        .contains("the limit is 8388608");
    assertThat(outcome.err().get(1)).isEqualTo(NOTHING);
    assertNothingWasWritten(outcome);
  }

  @Test
  void aStrangePromptGoesThroughAndComesBackAsItWas() throws Exception {
    Path file = write(Json.write(Json.object().put("prompt", STRANGE)));
    try (Simulator model = Simulator.start(SimulatorSettings.DEFAULT)) {
      fleet.callingModelAt(model.baseUrl());
      Outcome submitted = fleet.run(Program.CONSOLE, "submit", "--file", file.toString());
      assertThat(submitted.exitCode()).isZero();
      assertThat(fleet.run(Program.SUPERVISOR, "--workers", "1", "--drain").exitCode()).isZero();
    }

    Task task = fleet.events().tasks().get(0);
    assertThat(task.state()).isEqualTo(TaskState.DONE);
    assertThat(Json.readObject(task.request()).path("prompt").asText()).isEqualTo(STRANGE);
    assertThat(task.result().orElseThrow()).contains("\uD83D\uDC69\u200D\uD83D\uDE80");
    assertThat(promptShownOf(task)).isEqualTo(STRANGE);
  }

  /** The console prints it as JSON of pure UTF-8, which half an emoji is not. */
  private String promptShownOf(Task task) throws InterruptedException {
    Outcome shown = fleet.run(Program.CONSOLE, "--json", "tasks", "show", task.id().toString());
    assertThat(shown.exitCode()).isZero();
    return Json.readObject(shown.out().get(0)).at("/request/prompt").asText();
  }

  private void assertNothingWasWritten(Outcome outcome) {
    assertThat(outcome.out()).isEmpty();
    assertThat(fleet.database()).doesNotExist();
  }

  private Path write(String... lines) throws IOException {
    return Files.writeString(
        fleet.directory().resolve("tasks.jsonl"), String.join("\n", lines) + "\n");
  }
}
