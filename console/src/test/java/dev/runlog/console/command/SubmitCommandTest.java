package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmitCommandTest extends ConsoleTest {

  @Test
  void submitsAPromptAsARunOfTheConsole() {
    long before = new EventQuery(fleet.database()).lastId();

    Outcome outcome = run("submit", "--prompt", "Say hello", "--model", "gpt-5-nano");

    assertThat(outcome).isEqualTo(new Outcome(0, "submitted task 1\n", ""));
    assertThat(request(1)).isEqualTo("{\"prompt\":\"Say hello\",\"model\":\"gpt-5-nano\"}");
    assertThat(new EventQuery(fleet.database()).after(before, 10))
        .allSatisfy(event -> assertThat(event.emitter().role()).isEqualTo("console"))
        .extracting(Event::eventType)
        .containsExactly("process.started", "task.submitted", "process.stopped");
  }

  @Test
  void createsTheDatabaseOfItsFirstTask() {
    Path fresh = directory.resolve("fresh.db");

    assertThat(run("submit", "--prompt", "Hi", "--db", fresh.toString()).exitCode()).isZero();
    assertThat(fresh).exists();
  }

  @Test
  void submitsTheLinesOfAFileAndFillsInTheModel() throws IOException {
    Path tasks =
        Files.writeString(
            directory.resolve("tasks.jsonl"),
            "\uFEFF{\"prompt\":\"one\"}\r\n\r\n{\"prompt\":\"two\",\"model\":\"own\"}");

    Outcome outcome = run("submit", "--file", tasks.toString(), "--model", "filled");

    assertThat(outcome.out()).isEqualTo("submitted tasks 1–2\n");
    assertThat(request(1)).isEqualTo("{\"prompt\":\"one\",\"model\":\"filled\"}");
    assertThat(request(2)).isEqualTo("{\"prompt\":\"two\",\"model\":\"own\"}");
  }

  @Test
  void readsStandardInput() {
    console.withIn("{\"prompt\":\"one\"}\n{\"prompt\":\"zwei ü\"}\n");

    assertThat(run("submit", "-").out()).isEqualTo("submitted tasks 1–2\n");
    assertThat(request(2)).contains("zwei ü");
  }

  @Test
  void submitsNothingWhenALineIsMalformed() {
    long before = new EventQuery(fleet.database()).lastId();
    console.withIn("{\"prompt\":\"one\"}\n\n{\"prompt\":\"\"}\nno json\n");

    Outcome outcome = run("submit", "-");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("runlog: standard input line 3: the prompt is empty; give a text"),
            line -> assertThat(line).startsWith("runlog: standard input line 4: not a task: "),
            line -> assertThat(line).isEqualTo("runlog: nothing was submitted"));
    assertThat(new EventQuery(fleet.database()).lastId()).isEqualTo(before);
  }

  @Test
  void refusesAFileThatIsNotUtf8() throws IOException {
    Path tasks = directory.resolve("latin.jsonl");
    Files.write(tasks, new byte[] {'{', '"', (byte) 0xFC, '"', '}'});

    Outcome outcome = run("submit", "--file", tasks.toString());

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("not UTF-8");
  }

  @Test
  void refusesWhatHoldsNoTask() {
    console.withIn("\n  \n");

    assertThat(run("submit", "-"))
        .isEqualTo(
            new Outcome(64, "", "runlog: standard input holds no task; nothing was submitted\n"));
    assertThat(run("submit", "--prompt", " "))
        .isEqualTo(
            new Outcome(
                64, "", "runlog: the prompt is empty; give a text; nothing was submitted\n"));
    assertThat(run("submit", "--file", directory.toString()).err())
        .isEqualTo("runlog: " + directory + " is not a readable file; nothing was submitted\n");
  }

  @Test
  void refusesAPromptThatTheLocaleMangled() {
    Outcome outcome = run("submit", "--prompt", "Gr\uFFFD\uFFFDe");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("set LC_ALL=C.UTF-8");
  }

  @Test
  void takesAPromptThatLooksLikeAFileOfArguments() {
    assertThat(run("submit", "--prompt", "@alice says hi").exitCode()).isZero();
    assertThat(request(1)).contains("@alice says hi");
  }

  @Test
  void namesTheTaskThatWasThereBefore() {
    console.withIn("{\"prompt\":\"one\",\"unique_key\":\"k\"}\n");
    run("submit", "-");
    console.withIn("{\"prompt\":\"one\",\"unique_key\":\"k\"}\n{\"prompt\":\"two\"}\n");

    assertThat(run("submit", "-").out())
        .isEqualTo("submitted task 2; already queued under the same unique_key: task 1\n");
  }

  @Test
  void saysWhichLinesAnEarlierOneReplaced() {
    console.withIn(
        """
        {"prompt":"one","unique_key":"k"}
        {"prompt":"two"}
        {"prompt":"three","unique_key":"k"}
        """);

    assertThat(run("submit", "-").out())
        .isEqualTo(
            "submitted tasks 1–2; left out, as an earlier line has the same unique_key: k\n");
  }

  @Test
  void tellsProgramsEachTask() {
    console.withIn(
        "{\"prompt\":\"one\",\"unique_key\":\"k\"}\n{\"prompt\":\"one\",\"unique_key\":\"k\"}");

    assertThat(run("submit", "-", "--json").lines())
        .containsExactly(
            "{\"id\":1,\"kind\":\"chat\",\"is_new\":true}",
            "{\"id\":1,\"kind\":\"chat\",\"is_new\":false}");
  }

  @Test
  void ignoresTheLifelineOfTheProcessThatRunsIt() {
    console.withEnv("RUNLOG_LIFELINE", "stdin").withIn("{\"prompt\":\"one\"}\n");

    assertThat(run("submit", "-").exitCode()).isZero();
  }

  @Test
  void printsTheAnswerOfThePromptThatItWaitedFor() throws InterruptedException {
    Outcome outcome =
        whileWorking(
            () -> fleet.answerNext(fleet.first, "Hello!"),
            () -> run("submit", "--prompt", "Say hello", "--wait"));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("Hello!\n");
    assertThat(outcome.err()).startsWith("submitted task 1\n").endsWith("1/1\n");
  }

  @Test
  void listsTheFailuresThatItWaitedFor() throws InterruptedException {
    console.withIn("{\"prompt\":\"one\"}\n{\"prompt\":\"two\"}");

    Outcome outcome =
        whileWorking(
            () -> fleet.failNext(fleet.first, "model\nis gone"),
            () -> run("submit", "-", "--wait"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .endsWith("2/2 · 2 failed\ntask 1 failed: model is gone\ntask 2 failed: model is gone\n");
  }

  @Test
  void drawsAProgressBarOnATerminal() throws InterruptedException {
    console.onATerminal();

    Outcome outcome =
        whileWorking(
            () -> fleet.answerNext(fleet.first, "Hello!"),
            () -> run("submit", "--prompt", "Say hello", "--wait"));

    assertThat(outcome.err()).contains("\r\u001b[K[" + "█".repeat(30) + "]  1/1");
  }

  @Test
  void tellsProgramsTheEndedTasks() throws InterruptedException {
    Outcome outcome =
        whileWorking(
            () -> fleet.answerNext(fleet.first, "Hello!"),
            () -> run("submit", "--prompt", "Say hello", "--wait", "--json"));

    assertThat(outcome.lines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(Json.readObject(line).at("/result/text").asText()).isEqualTo("Hello!"));
  }

  /** Runs a command while another thread works at the queue. */
  private static Outcome whileWorking(Work work, Work.Command command) throws InterruptedException {
    Thread worker =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                work.next();
                Thread.onSpinWait();
              }
            });
    worker.start();
    try {
      return command.run();
    } finally {
      worker.interrupt();
      worker.join();
    }
  }

  /** One step of a worker. */
  private interface Work {
    boolean next();

    /** What is watched meanwhile. */
    interface Command {
      Outcome run();
    }
  }

  private String request(long id) {
    List<Task> found = new TaskQuery(fleet.database()).find(new TaskId(id)).stream().toList();
    assertThat(found).hasSize(1);
    return found.get(0).request();
  }
}
