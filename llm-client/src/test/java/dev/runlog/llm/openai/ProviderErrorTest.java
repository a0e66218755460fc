package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.llm.Fixtures;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderErrorTest {

  @Test
  void readsOpenAisForm() {
    ProviderError error =
        ProviderError.ofBody(
            "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"param\":\"n\",\"code\":\"c\"}}");
    assertThat(error)
        .isEqualTo(new ProviderError("No.", Optional.of("t"), Optional.of("c"), Optional.of("n")));
  }

  @Test
  void readsTheFormsOfCompatibleServers() {
    assertThat(ProviderError.ofBody("{\"error\":\"model not loaded\"}").message())
        .isEqualTo("model not loaded");
    assertThat(ProviderError.ofBody("{\"detail\":\"Not Found\"}").message()).isEqualTo("Not Found");
    assertThat(ProviderError.ofBody("[{\"error\":{\"message\":\"m\",\"code\":429}}]").code())
        .contains("429");
    assertThat(ProviderError.ofBody("{\"error\":{\"type\":\"odd\"}}").message())
        .isEqualTo("{\"type\":\"odd\"}");
  }

  @Test
  void quotesWhatIsNoJson() {
    assertThat(ProviderError.ofBody(" <html>Bad Gateway</html> ").message())
        .isEqualTo("<html>Bad Gateway</html>");
    assertThat(ProviderError.ofBody("").message()).isEqualTo("the answer is empty");
    assertThat(ProviderError.ofBody("x".repeat(100_000)).message()).hasSizeLessThan(2_100);
  }

  @Test
  void readsEveryRecordedError() throws IOException {
    for (ObjectNode row : Fixtures.rows("error_responses.jsonl")) {
      JsonNode expected = Json.readObject(row.path("body").asText()).path("error");
      ProviderError error = ProviderError.ofBody(row.path("body").asText());
      assertThat(error.message()).isEqualTo(expected.path("message").asText());
      assertThat(error.type().orElse("")).isEqualTo(text(expected, "type"));
      assertThat(error.code().orElse("")).isEqualTo(text(expected, "code"));
    }
  }

  private static String text(JsonNode error, String name) {
    return error.hasNonNull(name) ? error.path(name).asText() : "";
  }
}
