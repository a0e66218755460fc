package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private final Redactor redactor = new Redactor(Optional.of("my-secret-key"));

  @Test
  void takesOutItsOwnKeyWhereverItStands() {
    assertThat(redactor.redact("key my-secret-key, url?k=my-secret-key"))
        .isEqualTo("key [redacted], url?k=[redacted]");
  }

  @Test
  void takesOutWhatLooksLikeAKey() {
    assertThat(redactor.redact("provided: sk-proj-Ab12_34-xyz. And sk-fak****1234 too"))
        .isEqualTo("provided: [redacted]. And [redacted] too");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-ant-api03-abcDEF123456_-xyz",
        "gsk_abcDEFghi123456789012345678901234567890123456",
        "xai-abcDEFghi1234567890123456789012345678901234",
        "AIzaSyA-abcDEFghi12345678901234567890123",
        "hf_abcDEFghi1234567890123456789012",
        "ghp_abcDEFghi123456789012345678901234567",
        "AKIAIOSFODNN7EXAMPLE",
      })
  void takesOutTheKeysOfOtherServices(String key) {
    assertThat(redactor.redact("Invalid key: " + key + ".")).isEqualTo("Invalid key: [redacted].");
  }

  @Test
  void takesOutWhatIsCalledAKey() {
    assertThat(redactor.redact("Incorrect API key provided: 1f2e3d4c5b6a79880123456789abcdef."))
        .startsWith("Incorrect API key provided: [redacted]");
    assertThat(redactor.redact("{\"api_key\":\"1f2e3d4c5b6a79880123456789abcdef\"}"))
        .isEqualTo("{\"api_key\":\"[redacted]\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf_hub and gsk_test are names",
        "xai-grok-4-fast answers",
        "API key: see the account's page",
        "the AKIARA river",
      })
  void leavesNamesAlone(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void takesOutBearerTokens() {
    assertThat(redactor.redact("Authorization: Bearer abc.def.ghi"))
        .isEqualTo("Authorization: Bearer [redacted]");
  }

  @Test
  void leavesOtherTextAlone() {
    String text = "the risk-free task of a bearer is done";
    assertThat(new Redactor(Optional.of("x")).redact(text)).isEqualTo(text);
  }
}
