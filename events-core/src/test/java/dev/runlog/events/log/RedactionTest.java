package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private static final Redaction REDACTION = Redaction.of(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abcdefghijklmnop",
        "key sk-abcdefghijklmnop",
        "task-17 used sk-abcdefghijklmnop",
        "\"sk-abcdefghijklmnop\""
      })
  void takesOutKeysWhereverTheyStand(String text) {
    assertThat(REDACTION.apply(text)).doesNotContain("abcdefghijkl").contains("[redacted]");
  }

  @Test
  void leavesWordsThatEndLikeTheBeginningOfAKey() {
    String text = "task-queue-of-the-planner and ask-planner-about-it";
    assertThat(REDACTION.apply(text)).isEqualTo(text);
  }
}
