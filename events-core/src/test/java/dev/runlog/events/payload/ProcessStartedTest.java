package dev.runlog.events.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStartedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "worker-7.example",
        "\"quoted\" \\ / and\ttab\r\nline",
        "\u0000\u001f\u007f\u2028",
        "größer 漢字 😀",
        "half \ud83d of a pair"
      })
  void isWrittenAsTheMapperWouldWriteIt(String text) {
    ProcessStarted payload =
        new ProcessStarted(text, Long.MAX_VALUE, text, text, 1_763_000_000_000L);
    assertThat(payload.toJson()).isEqualTo(Json.write(payload));
  }
}
