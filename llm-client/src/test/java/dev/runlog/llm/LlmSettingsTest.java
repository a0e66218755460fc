package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmSettingsTest {

  @Test
  void takesOpenAisServerAndASmallModelWhenNothingIsSaid() {
    LlmSettings settings = LlmSettings.ofEnvironment(Map.of("OPENAI_API_KEY", " "));
    assertThat(settings.baseUrl()).isEqualTo("https://api.openai.com/v1");
    assertThat(settings.apiKey()).isEmpty();
    assertThat(settings.defaultModel()).isEqualTo("gpt-5-mini");
    assertThat(settings.maxRetries()).isEqualTo(2);
  }

  @Test
  void takesWhatTheEnvironmentSays() {
    LlmSettings settings =
        LlmSettings.ofEnvironment(
            Map.of(
                "OPENAI_API_KEY", "sk-test-1234\n",
                "OPENAI_BASE_URL", "http://localhost:8080/v1/",
                "OPENAI_MODEL", "gpt-4o"));
    assertThat(settings.baseUrl()).isEqualTo("http://localhost:8080/v1");
    assertThat(settings.apiKey()).contains("sk-test-1234");
    assertThat(settings.defaultModel()).isEqualTo("gpt-4o");
  }

  @Test
  void namesAllThatIsWrongAtOnceWithoutTheKey() {
    assertThatThrownBy(
            () ->
                LlmSettings.ofEnvironment(
                    Map.of(
                        "OPENAI_API_KEY", "sk-two words",
                        "OPENAI_BASE_URL", "ftp://host/chat/completions")))
        .hasMessageNotContaining("sk-two")
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidLlmSettingsException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "OPENAI_BASE_URL is no http or https URL; use one such as"
                            + " https://api.openai.com/v1",
                        "OPENAI_BASE_URL names an endpoint; end it before, usually in /v1",
                        "OPENAI_API_KEY holds a blank or a character beyond ASCII; was it copied"
                            + " whole?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a b", "http://host:99999/v1", "localhost:8000/v1", "http://"})
  void refusesAUrlThatIsNone(String url) {
    assertThatThrownBy(() -> LlmSettings.ofEnvironment(Map.of("OPENAI_BASE_URL", url)))
        .isInstanceOf(InvalidLlmSettingsException.class)
        .hasMessageContaining("OPENAI_BASE_URL is no http or https URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:pw@host/v1", "http://host/v1?a=b", "http://host/v1#a"})
  void refusesWhatDoesNotBelongIntoABaseUrl(String url) {
    assertThatThrownBy(() -> LlmSettings.ofEnvironment(Map.of("OPENAI_BASE_URL", url)))
        .isInstanceOf(InvalidLlmSettingsException.class)
        .hasMessageContaining("holds a user, a query or a fragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://my_llm:8000/v1", "http://[::1]:8000/v1", "https://host"})
  void takesAnyHost(String url) {
    assertThat(LlmSettings.ofEnvironment(Map.of("OPENAI_BASE_URL", url)).baseUrl()).isEqualTo(url);
  }

  @Test
  void neverShowsTheKey() {
    assertThat(LlmSettings.ofEnvironment(Map.of("OPENAI_API_KEY", "sk-test-1234")))
        .asString()
        .contains("[redacted]")
        .doesNotContain("sk-test");
  }
}
