package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "task.*, task.done, true",
    "task.*, tasks.done, false",
    "*.failed, llm_call.failed, true",
    "task.don?, task.done, true",
    "task.done, task_done, false",
    "*, anything.at_all, true",
    "[a-z], a, false"
  })
  void matchesWholeNames(String glob, String name, boolean matches) {
    assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
  }
}
