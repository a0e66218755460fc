package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbbreviatedTest {

  @Test
  void keepsAShortTextWhole() {
    assertThat(Abbreviated.of("", 3)).isEmpty();
    assertThat(Abbreviated.of("abc", 3)).isEqualTo("abc");
    assertThat(Abbreviated.of("a\uD83D\uDE00", 3)).isEqualTo("a\uD83D\uDE00");
  }

  @Test
  void cutsALongOneButNoPairInTwo() {
    assertThat(Abbreviated.of("abcd", 3)).isEqualTo("abc…");
    assertThat(Abbreviated.of("ab\uD83D\uDE00", 3)).isEqualTo("ab…");
    assertThat(Abbreviated.of("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00…");
    assertThat(Abbreviated.of("\uD83D\uDE00", 1)).isEqualTo("…");
  }
}
