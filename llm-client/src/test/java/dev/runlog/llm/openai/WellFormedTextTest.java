package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WellFormedTextTest {

  @Test
  void keepsPairsAndReplacesHalves() {
    assertThat(WellFormedText.of("a\uD83D\uDE00b")).isEqualTo("a\uD83D\uDE00b");
    assertThat(WellFormedText.of("a\uD83D")).isEqualTo("a\uFFFD");
    assertThat(WellFormedText.of("\uDE00\uD83Db\uDE00")).isEqualTo("\uFFFD\uFFFDb\uFFFD");
  }
}
