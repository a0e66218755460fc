package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of our own with what they take. The {@code parts} of a row derive its figure apart from
 * the counter: texts, which are cut into tokens by the row's encoding, and numbers of framing; its
 * {@code why} says which is which.
 */
class OwnRequestsTest {

  private static final String FILE = "/own_requests.jsonl";

  private final ContextCounter counter = new ContextCounter();

  static Stream<Arguments> rows() throws IOException {
    try (InputStream file =
            Objects.requireNonNull(OwnRequestsTest.class.getResourceAsStream(FILE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      List<ObjectNode> rows = lines.lines().map(Json::readObject).toList();
      return rows.stream().map(row -> Arguments.of(row.path("id").asText(), row));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void countsAsItsPartsAddUp(String id, ObjectNode row) {
    ContextBreakdown counted = count(row);
    assertThat(counted.totalTokens())
        .as("%s: %s", id, row.path("why").asText())
        .isEqualTo(row.path("tokens").asLong())
        .isEqualTo(sumOfParts(row));
    assertThat(counted.exactness()).as(id).isEqualTo(row.path("exactness").asText());
    assertThat(sumOfBreakdown(counted)).as(id).isEqualTo(counted.totalTokens());
  }

  @Test
  void namesEachRowOnce() throws IOException {
    assertThat(rows().map(row -> row.get()[0])).doesNotHaveDuplicates().hasSizeGreaterThan(50);
  }

  private ContextBreakdown count(ObjectNode row) {
    ObjectNode request = (ObjectNode) row.path("request");
    return switch (row.path("api").asText()) {
      case "responses" -> counter.countResponses(request);
      case "embeddings" -> counter.countEmbeddings(request);
      default -> counter.countChat(request);
    };
  }

  private static long sumOfParts(ObjectNode row) {
    String encoding = row.path("encoding").asText().toUpperCase(Locale.ROOT);
    long sum = 0;
    for (JsonNode part : row.path("parts")) {
      sum += part.isTextual() ? tokens(encoding, part.asText()) : part.asLong();
    }
    return sum;
  }

  private static int tokens(String encoding, String text) {
    return Encodings.get(EncodingName.valueOf(encoding)).countTokensOrdinary(text);
  }

  private static long sumOfBreakdown(ContextBreakdown counted) {
    return counted.byRole().values().stream().mapToLong(Long::longValue).sum()
        + counted.toolDefinitions()
        + counted.responseFormat()
        + counted.images()
        + counted.framing();
  }
}
