package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.pricing.BilledTokens;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenUsageTest {

  @Test
  void readsChatCompletions() {
    assertThat(
            usage(
                "{'prompt_tokens':10,'completion_tokens':5,'total_tokens':15,"
                    + "'prompt_tokens_details':{'cached_tokens':4},"
                    + "'completion_tokens_details':{'reasoning_tokens':3}}"))
        .isEqualTo(tokens(10, 5, 4, 3));
  }

  @Test
  void readsResponses() {
    assertThat(
            usage(
                "{'input_tokens':10,'output_tokens':5,'input_tokens_details':{'cached_tokens':4},"
                    + "'output_tokens_details':{'reasoning_tokens':3}}"))
        .isEqualTo(tokens(10, 5, 4, 3));
  }

  @Test
  void addsTheReasoningThatXaiLeavesOut() {
    assertThat(
            usage(
                    "{'prompt_tokens':10,'completion_tokens':5,'total_tokens':35,"
                        + "'completion_tokens_details':{'reasoning_tokens':20}}")
                .outputTokens())
        .contains(25L);
  }

  @Test
  void readsTheCachedTokensOfDeepSeekAndTogether() {
    assertThat(usage("{'prompt_tokens':10,'prompt_cache_hit_tokens':6}").cachedInputTokens())
        .contains(6L);
    assertThat(usage("{'prompt_tokens':10,'cached_tokens':7}").cachedInputTokens()).contains(7L);
  }

  @Test
  void readsTheUsageOfGroqsStreams() {
    assertThat(TokenUsage.ofAnswer(json("{'x_groq':{'usage':{'prompt_tokens':9}}}")).inputTokens())
        .contains(9L);
  }

  @Test
  void bringsDetailsDownToTheirTotals() {
    TokenUsage usage = usage("{'prompt_tokens':10,'prompt_tokens_details':{'cached_tokens':99}}");
    assertThat(usage.cachedInputTokens()).contains(10L);
  }

  @Test
  void takesWhatIsMissingOrNoNumberAsAbsent() {
    assertThat(TokenUsage.ofAnswer(json("{'usage':null}"))).isEqualTo(TokenUsage.MISSING);
    assertThat(TokenUsage.MISSING.isReported()).isFalse();
    assertThat(
            usage("{'prompt_tokens':'many','completion_tokens':-1,'prompt_tokens_details':null}"))
        .isEqualTo(TokenUsage.MISSING);
  }

  @Test
  void readsEveryRecordedUsageConsistently() throws IOException {
    for (ObjectNode row : Fixtures.rows("usage_shapes.jsonl")) {
      TokenUsage usage = TokenUsage.of(row.path("usage"));
      assertThat(usage.isReported()).as(row.toString()).isEqualTo(row.path("usage").isObject());
      JsonNode total = row.path("usage").path("total_tokens");
      if (total.isNumber()) {
        assertThat(usage.inputTokens().orElse(0L) + usage.outputTokens().orElse(0L))
            .as(row.toString())
            .isEqualTo(total.asLong());
      }
    }
  }

  private static TokenUsage usage(String json) {
    return TokenUsage.of(json(json));
  }

  private static JsonNode json(String json) {
    return Json.readObject(json.replace('\'', '"'));
  }

  private static TokenUsage tokens(long input, long output, long cached, long reasoning) {
    return new TokenUsage(
        Optional.of(input),
        Optional.of(output),
        Optional.of(cached),
        Optional.of(reasoning),
        Optional.empty());
  }

  @Test
  void billsNothingWhereTheOutputOfAChatIsNotKnown() {
    TokenUsage usage = TokenUsage.of(Json.readObject("{\"prompt_tokens\":8}"));
    assertThat(usage.billed(true)).isEmpty();
    assertThat(usage.billed(false)).contains(new BilledTokens(8, 0, 0, 0));
  }
}
