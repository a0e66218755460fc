package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNamesTest {

  private static final Pattern RULE =
      Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*(\\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+");

  @ParameterizedTest
  @ValueSource(strings = {"index.rebuilt", "llm_call.completed", "a.b", "a1.b2.c_3", "x_1y.z"})
  void takesScopesAndWords(String type) {
    assertThatCode(() -> EventNames.require(type)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "done",
        "Index.rebuilt",
        "index.",
        ".rebuilt",
        "a..b",
        "a._b",
        "a_.b",
        "a.b_",
        "a__b.c",
        "1a.b",
        "a.1b",
        "_a.b",
        "a.b c",
        "a-b.c",
        "é.b",
        "a.b\n"
      })
  void refusesAllElseAndShowsTheRule(String type) {
    assertThatThrownBy(() -> EventNames.require(type))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("write scope.fact in lower case");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(isTaken("a." + "b".repeat(98))).isTrue();
    assertThat(isTaken("a." + "b".repeat(99))).isFalse();
  }

  @Property
  void isTheRuleAsAPattern(
      @ForAll @StringLength(max = 9) @Chars({'a', 'z', '0', '9', '_', '.', 'A', '-'}) String type) {
    assertThat(isTaken(type)).as(type).isEqualTo(RULE.matcher(type).matches());
  }

  private static boolean isTaken(String type) {
    try {
      EventNames.require(type);
      return true;
    } catch (InvalidEventException e) {
      return false;
    }
  }
}
