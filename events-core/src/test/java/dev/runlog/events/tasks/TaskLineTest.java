package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskLineTest {

  @Test
  void readsAPromptWithTheUsualSettings() {
    TaskSpec spec = TaskLine.parse("{\"prompt\": \"hello\"}");
    assertThat(spec.kind()).isEqualTo("chat");
    assertThat(spec.request()).isEqualTo("{\"prompt\":\"hello\"}");
    assertThat(spec.priority()).isZero();
    assertThat(spec.runAt()).isEmpty();
    assertThat(spec.uniqueKey()).isEmpty();
    assertThat(spec.maxAttempts()).isEqualTo(3);
  }

  @Test
  void keepsEveryOtherFieldForTheRequest() {
    TaskSpec spec =
        TaskLine.parse(
            "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"temperature\": 0.10, \"new_field\": {\"a\": [1]},"
                + " \"priority\": 7, \"run_at\": \"2030-01-31T12:00:00Z\", \"unique_key\": \"k\", \"max_attempts\": 1}");
    assertThat(spec.request())
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0.10,\"new_field\":{\"a\":[1]}}");
    assertThat(spec.priority()).isEqualTo(7);
    assertThat(spec.runAt()).contains(Instant.parse("2030-01-31T12:00:00Z"));
    assertThat(spec.uniqueKey()).contains("k");
    assertThat(spec.maxAttempts()).isEqualTo(1);
  }

  @Test
  void takesATimeInMilliseconds() {
    assertThat(TaskLine.parse("{\"prompt\": \"a\", \"run_at\": 1700000000000}").runAt())
        .contains(Instant.ofEpochMilli(1_700_000_000_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json|not a task",
        "[1]|expected a JSON object",
        "{\"prompt\": \"a\"|not a task",
        "{\"prompt\": \"a\"} {}|not a task",
        "{}|neither prompt nor messages",
        "{\"prompt\": \"a\", \"messages\": []}|both prompt and messages",
        "{\"prompt\": \"  \"}|the prompt is empty",
        "{\"prompt\": 5}|the prompt is 5; give a text",
        "{\"prompt\": \"a\",}|not a task: Unexpected character '}': was expecting",
        "{\"messages\": []}|not a list of at least one message",
        "{\"prompt\": \"a\", \"model\": \"\"}|model is not a name",
        "{\"prompt\": \"a\", \"priority\": \"high\"}|priority is \"high\"; give a whole number",
        "{\"prompt\": \"a\", \"priority\": 99999999999}|give a whole number",
        "{\"prompt\": \"a\", \"max_attempts\": 0}|max_attempts is 0; give at least 1",
        "{\"prompt\": \"a\", \"run_at\": \"tomorrow\"}|run_at is \"tomorrow\"; give Unix epoch milliseconds",
        "{\"prompt\": \"a\", \"unique_key\": \" \"}|unique_key is blank",
        "{\"kind\": \"Über\", \"prompt\": \"a\"}|is not a name",
      })
  void refusesWhatIsNoTask(String line, String message) {
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> TaskLine.parse(line))
        .withMessageContaining(message);
  }

  @Test
  void refusesATaskOverTheLimitAndNamesIt() {
    String line = "{\"prompt\": \"" + "x".repeat(10 * 1024 * 1024) + "\"}";
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> TaskLine.parse(line))
        .withMessageContaining("the limit is 8388608");
  }
}
