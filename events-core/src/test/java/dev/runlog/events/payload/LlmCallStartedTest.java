package dev.runlog.events.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import org.junit.jupiter.api.Test;

class LlmCallStartedTest {

  @Test
  void isReadFromARowThatHoldsWhatIsRequiredAlone() {
    LlmCallStarted call =
        Json.read(
            """
            {"model_name":"gpt-4o","endpoint":"/chat/completions","stream":false,
             "context":{"total_tokens":8,"by_role":{"user":1},"tool_definitions":0,
                        "response_format":0,"images":0,"framing":7,"messages":1,
                        "exactness":"exact"}}
            """,
            LlmCallStarted.class);
    assertThat(call.contents()).isEmpty();
    assertThat(call.context().orElseThrow().tools()).isEmpty();
    assertThat(call.context().orElseThrow().windowTokens()).isEmpty();
  }
}
