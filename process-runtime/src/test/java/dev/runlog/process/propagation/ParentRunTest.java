package dev.runlog.process.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParentRunTest {

  @Test
  void isARootWithoutAParent() {
    assertThat(ParentRun.from(Map.of())).isEqualTo(new ParentRun.Root());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void isARootWhenTheValueIsEmpty(String value) {
    assertThat(ParentRun.from(Map.of("PARENT_RUN_ID", value))).isEqualTo(new ParentRun.Root());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "007, 7", "' 42 ', 42", "9223372036854775807, 9223372036854775807"})
  void takesAPositiveNumberAsItIs(String value, long id) {
    assertThat(ParentRun.from(Map.of("PARENT_RUN_ID", value)).runId()).contains(new RunId(id));
  }

  @ParameterizedTest
  @CsvSource({
    "0, run ids are positive",
    "-1, not a whole number",
    "+1, not a whole number",
    "1.0, not a whole number",
    "0x10, not a whole number",
    "abc, not a whole number",
    "٣, not a whole number",
    "9223372036854775808, larger than any run id",
    "99999999999999999999, larger than any run id"
  })
  void isUnreadableOtherwise(String value, String reason) {
    ParentRun parent = ParentRun.from(Map.of("PARENT_RUN_ID", value));

    assertThat(parent).isEqualTo(new ParentRun.Unreadable(value, reason));
    assertThat(parent.runId()).isEmpty();
  }

  @Test
  void shortensALongValue() {
    assertThat(ParentRun.from(Map.of("PARENT_RUN_ID", "x".repeat(5000))))
        .isEqualTo(new ParentRun.Unreadable("x".repeat(100) + "…", "not a whole number"));
  }
}
