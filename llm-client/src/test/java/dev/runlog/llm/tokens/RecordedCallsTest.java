package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.llm.Fixtures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Counts recorded calls as {@code accuracy} does and compares with what the API billed for them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedCallsTest {

  @SuppressWarnings("NullAway.Init")
  private AccuracyReport report;

  @BeforeAll
  void countAll() throws IOException {
    report = AccuracyReport.ofFile(Fixtures.file("prompt_tokens.jsonl"), new ContextCounter());
  }

  @Test
  void countsChatExactlyInNineteenOfTwentyCalls() {
    AccuracyGroup chat = group(report.byEndpoint(), "chat.completions");
    assertThat(chat.exactShare()).isGreaterThanOrEqualTo(0.97);
    assertThat(chat.meanRelativeError()).isLessThanOrEqualTo(0.0025);
  }

  @Test
  void countsPlainMessagesExactly() {
    assertThat(group(report.byCategory(), "plain").exactShare()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void countsResponsesExactlyInNineteenOfTwentyCalls() {
    AccuracyGroup responses = group(report.byEndpoint(), "responses");
    assertThat(responses.exactShare()).isGreaterThanOrEqualTo(0.95);
    assertThat(responses.meanRelativeError()).isLessThanOrEqualTo(0.0035);
  }

  @Test
  void isOffByMoreThanThreeTokensAndOnePercentInFewerThanOneOfTwentyCalls() {
    assertThat(report.total().closeShare()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.total().meanRelativeError()).isLessThanOrEqualTo(0.0025);
    assertThat(report.byCategory())
        .allSatisfy(group -> assertThat(group.closeShare()).isGreaterThanOrEqualTo(0.95));
  }

  @Test
  void callsExactWhatIsExact() {
    List<AccuracyRow> exact =
        report.comparableRows().stream().filter(row -> row.exactness().equals("exact")).toList();
    assertThat(AccuracyGroup.of("exact", exact).exactShare()).isGreaterThanOrEqualTo(0.98);
    assertThat(exact).hasSizeGreaterThan(300);
  }

  @Test
  void countsEveryRequestInSomeWay() {
    assertThat(report.rows()).filteredOn(row -> row.failure().isPresent()).isEmpty();
  }

  private static AccuracyGroup group(List<AccuracyGroup> groups, String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst().orElseThrow();
  }
}
