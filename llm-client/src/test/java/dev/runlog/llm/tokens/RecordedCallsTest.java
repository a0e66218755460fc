package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.llm.Fixtures;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Counts recorded calls and compares with what the API billed for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedCallsTest {

  private record Scored(ObjectNode row, ContextBreakdown counted) {

    boolean isChat() {
      return row.path("endpoint").asText().equals("chat.completions");
    }

    boolean isPlain() {
      return row.path("category").asText().equals("plain");
    }

    boolean isExact() {
      return counted.totalTokens() == reported();
    }

    double relativeError() {
      return Math.abs(counted.totalTokens() - reported()) / (double) reported();
    }

    private long reported() {
      return row.path("prompt_tokens").asLong();
    }
  }

  private List<Scored> calls = List.of();

  @BeforeAll
  void countAll() throws IOException {
    ContextCounter counter = new ContextCounter();
    calls =
        Fixtures.rows("prompt_tokens.jsonl").stream()
            .filter(row -> row.path("countable").asBoolean() && !row.hasNonNull("suspect"))
            .map(row -> new Scored(row, count(counter, row)))
            .toList();
  }

  @Test
  void countsChatExactlyInNineteenOfTwentyCalls() {
    assertThat(exactShare(Scored::isChat)).isGreaterThanOrEqualTo(0.97);
    assertThat(meanError(Scored::isChat)).isLessThanOrEqualTo(0.0025);
  }

  @Test
  void countsPlainMessagesExactly() {
    assertThat(exactShare(Scored::isPlain)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void countsResponsesExactlyInNineteenOfTwentyCalls() {
    assertThat(exactShare(call -> !call.isChat())).isGreaterThanOrEqualTo(0.95);
    assertThat(meanError(call -> !call.isChat())).isLessThanOrEqualTo(0.0035);
  }

  @Test
  void callsExactWhatIsExact() {
    assertThat(exactShare(call -> call.counted().exactness().equals("exact")))
        .isGreaterThanOrEqualTo(0.98);
  }

  private static ContextBreakdown count(ContextCounter counter, ObjectNode row) {
    ObjectNode request = (ObjectNode) row.path("request");
    return row.path("endpoint").asText().equals("responses")
        ? counter.countResponses(request)
        : counter.countChat(request);
  }

  private double exactShare(Predicate<Scored> which) {
    return calls.stream()
        .filter(which)
        .mapToInt(call -> call.isExact() ? 1 : 0)
        .average()
        .orElse(0);
  }

  private double meanError(Predicate<Scored> which) {
    return calls.stream().filter(which).mapToDouble(Scored::relativeError).average().orElse(1);
  }
}
