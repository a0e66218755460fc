package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeginningTest {

  @Test
  void keepsAShortTextWhole() {
    assertThat(Beginning.of("", 3)).isEmpty();
    assertThat(Beginning.of("abc", 3)).isEqualTo("abc");
    assertThat(Beginning.of("a\uD83D\uDE00", 3)).isEqualTo("a\uD83D\uDE00");
  }

  @Test
  void cutsALongOneButNoPairInTwo() {
    assertThat(Beginning.of("abcd", 3)).isEqualTo("abc…");
    assertThat(Beginning.of("ab\uD83D\uDE00", 3)).isEqualTo("ab…");
    assertThat(Beginning.of("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00…");
    assertThat(Beginning.of("\uD83D\uDE00", 1)).isEqualTo("…");
  }
}
