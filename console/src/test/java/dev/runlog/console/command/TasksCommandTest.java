package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventQuery;
import org.junit.jupiter.api.Test;

class TasksCommandTest extends ConsoleTest {

  @Test
  void listsTheNewestTasksFirst() {
    fleet.submit("first", "second\nline", "third");
    fleet.failNext(fleet.first, "the model is gone");

    assertThat(run("tasks").out())
        .isEqualTo(
            """
            ID  STATE   KIND  TRIES  SUBMITTED   ABOUT
             3  queued  chat  0/3    2030-01-31  third
             2  queued  chat  0/3    2030-01-31  second line
             1  failed  chat  1/3    2030-01-31  the model is gone

            3 tasks: 2 queued · 1 failed
            """);
    assertThat(run("tasks", "list")).isEqualTo(run("tasks"));
  }

  @Test
  void listsOnlyTheWantedTasks() {
    fleet.submit("first", "second", "third");
    fleet.answerNext(fleet.first, "Hi");

    Outcome outcome = run("tasks", "list", "--state", "queued", "--limit", "1");

    assertThat(outcome.out()).contains("third").doesNotContain("first", "second");
    assertThat(outcome.out()).endsWith("3 tasks: 2 queued · 1 done; 1 shown\n");
  }

  @Test
  void countsFailedProbesApart() {
    fleet.submit("first");
    fleet.answerNext(fleet.first, "Hi");
    fleet.failProbe(fleet.first);

    assertThat(run("tasks").out()).endsWith("\n1 task: 1 done; besides, probes: 1\n");
    assertThat(run("tasks", "--limit", "1").out())
        .endsWith("\n1 task: 1 done; 0 shown; besides, probes: 1\n");
  }

  @Test
  void saysThatThereAreNoneYet() {
    assertThat(run("tasks").out())
        .isEqualTo("no tasks yet; 'runlog submit --prompt TEXT' submits one\n");
  }

  @Test
  void keepsLongPromptsIn80Columns() {
    fleet.submit("word ".repeat(100));

    assertThat(run("tasks").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80).doesNotEndWith(" "))
        .anySatisfy(line -> assertThat(line).endsWith("…"));
  }

  @Test
  void neverLetsATaskCommandTheTerminal() {
    fleet.submit("\u001b[2Jgone");

    assertThat(run("tasks").out()).contains("\\u001b[2Jgone").doesNotContain("\u001b");
    assertThat(run("tasks", "show", "1").out()).doesNotContain("\u001b");
  }

  @Test
  void showsATaskInFull() {
    fleet.submit("Say hello");
    fleet.answerNext(fleet.first, "Hello!");

    assertThat(run("tasks", "show", "1").out())
        .isEqualTo(
            """
            id         1
            kind       chat
            state      done
            priority   0
            attempt    1 of 3
            crashes    0
            submitted  2030-01-31 12:00:00 by run 1
            run_at     2030-01-31 12:00:00
            finished   2030-01-31 12:00:00
            request
            {
              "prompt" : "Say hello"
            }
            result
            {
              "text" : "Hello!"
            }
            """);
  }

  @Test
  void tellsProgramsTheColumnsOfTheTable() {
    fleet.submit("Say hello");

    ObjectNode task = Json.readObject(run("tasks", "show", "1", "--json").out());

    assertThat(task.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "kind",
            "state",
            "priority",
            "run_at",
            "attempt",
            "max_attempts",
            "crashes",
            "unique_key",
            "request",
            "result",
            "error",
            "submitted_at",
            "submitted_by",
            "claimed_at",
            "claimed_by",
            "claim_event_id",
            "cancel_requested_at",
            "finished_at");
    assertThat(task.at("/request/prompt").asText()).isEqualTo("Say hello");
    assertThat(task.get("submitted_at").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(task.get("result").isNull()).isTrue();
    assertThat(run("tasks", "--json").lines()).containsExactly(task.toString());
  }

  @Test
  void listsByStateAlsoWithoutTheWordList() {
    fleet.submit("one", "two");
    fleet.failNext(fleet.first, "bad");

    assertThat(run("tasks", "--state", "failed"))
        .isEqualTo(run("tasks", "list", "--state", "failed"));
    assertThat(run("tasks", "--state", "failed", "--json").lines()).hasSize(1);
    assertThat(run("tasks", "-n", "0").err()).startsWith("runlog: --limit is 0; give at least 1");
  }

  @Test
  void cancelsAndRetries() {
    fleet.submit("Say hello");

    assertThat(run("tasks", "cancel", "1")).isEqualTo(new Outcome(0, "cancelled task 1\n", ""));
    assertThat(run("tasks", "retry", "1"))
        .isEqualTo(new Outcome(0, "task 1 is queued again\n", ""));
    assertThat(Json.readObject(run("tasks", "cancel", "1", "--json").out()).get("state").asText())
        .isEqualTo("cancelled");
  }

  @Test
  void asksForARunningTaskToBeDropped() {
    fleet.submit("Say hello");
    fleet.claim(fleet.first);

    assertThat(run("tasks", "cancel", "1"))
        .isEqualTo(new Outcome(0, "asked the worker to drop task 1\n", ""));

    ObjectNode task = Json.readObject(run("tasks", "show", "1", "--json").out());
    assertThat(task.get("cancel_requested_at").asLong()).isPositive();
    assertThat(task.get("claim_event_id").asLong()).isPositive();
    assertThat(run("tasks", "show", "1").out()).contains("cancel asked  ");
    assertThat(run("tasks").lines().get(1)).endsWith("to be cancelled: Say hello");
  }

  @Test
  void pausesResumesAndLimitsAKind() {
    assertThat(run("tasks", "pause", "chat").out()).startsWith("paused chat");
    assertThat(run("tasks", "resume", "chat").out()).isEqualTo("resumed chat\n");
    assertThat(run("tasks", "limit", "chat", "2").out()).isEqualTo("at most 2 of chat\n");
    assertThat(run("tasks", "limit", "chat", "none").out()).isEqualTo("any number of chat\n");
    assertThat(run("tasks", "limit", "chat", "0").err())
        .contains("the limit: expected a whole number from 1");
    assertThat(run("tasks", "pause", "Big Kind").err()).contains("kind 'Big Kind' is not a name");
  }

  @Test
  void tellsProgramsWhatHoldsForAKindNow() {
    run("tasks", "limit", "chat", "2");

    ObjectNode paused = Json.readObject(run("tasks", "pause", "chat", "--json").out());
    ObjectNode open = Json.readObject(run("tasks", "resume", "chat", "--json").out());

    assertThat(paused.get("state").asText()).isEqualTo("paused");
    assertThat(paused.get("paused_at").asLong()).isPositive();
    assertThat(paused.get("most_held").asInt()).isEqualTo(2);
    assertThat(paused.get("told").asText()).startsWith("paused chat");
    assertThat(open.get("state").asText()).isEqualTo("open");
    assertThat(open.get("paused_at").isNull()).isTrue();
  }

  @Test
  void saysWhyATaskCannotBeChanged() {
    fleet.submit("Say hello");
    fleet.answerNext(fleet.first, "Hello!");
    long before = new EventQuery(fleet.database()).lastId();

    assertThat(run("tasks", "cancel", "1").err())
        .isEqualTo("runlog: task 1 is done; only a queued or claimed task can be cancelled\n");
    assertThat(run("tasks", "retry", "1"))
        .isEqualTo(
            new Outcome(
                64,
                "",
                "runlog: task 1 is done; only a failed or cancelled task can be retried\n"));
    assertThat(new EventQuery(fleet.database()).lastId()).isEqualTo(before);
  }

  @Test
  void leavesNoTraceOfAWrongId() {
    long before = new EventQuery(fleet.database()).lastId();

    for (String change : new String[] {"show", "retry", "cancel"}) {
      assertThat(run("tasks", change, "7"))
          .isEqualTo(
              new Outcome(
                  64, "", "runlog: there is no task 7; 'runlog tasks list' shows the tasks\n"));
    }
    assertThat(new EventQuery(fleet.database()).lastId()).isEqualTo(before);
  }
}
