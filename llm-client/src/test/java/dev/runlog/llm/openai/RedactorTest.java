package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

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
