package dev.runlog.llm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.llm.tokens.ContextCounter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SimulatorTest {

  private static final String HELLO =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Why sleep?\"}]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Simulator> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Simulator::close);
  }

  @Test
  void answersInOpenAisWireFormatWithTrueCounts() throws Exception {
    Simulator simulator = start(SimulatorSettings.DEFAULT);
    ObjectNode answer = Json.readObject(post(simulator, HELLO).body());
    assertThat(answer.path("id").asText()).startsWith("chatcmpl-");
    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.path("model").asText()).isEqualTo("gpt-4o-mini");
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    String text = answer.at("/choices/0/message/content").asText();
    assertThat(text).contains("Why sleep?").contains("simulator");
    ContextCounter counter = new ContextCounter();
    assertThat(answer.at("/usage/prompt_tokens").asLong())
        .isEqualTo(counter.countChat(Json.readObject(HELLO)).totalTokens());
    assertThat(answer.at("/usage/completion_tokens").asLong())
        .isEqualTo(counter.countText("gpt-4o-mini", text));
    assertThat(answer.at("/usage/completion_tokens_details/reasoning_tokens").isNumber()).isTrue();
  }

  @Test
  void answersTheSameRequestAlwaysTheSame() throws Exception {
    String first = text(post(start(SimulatorSettings.DEFAULT), HELLO));
    assertThat(text(post(start(SimulatorSettings.DEFAULT), HELLO))).isEqualTo(first);
  }

  @Test
  void stopsAtTheAllowedTokens() throws Exception {
    String request = HELLO.replace("{\"model\"", "{\"max_completion_tokens\":5,\"model\"");
    ObjectNode answer = Json.readObject(post(start(SimulatorSettings.DEFAULT), request).body());
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asLong()).isBetween(1L, 5L);
  }

  @ParameterizedTest(name = "{0} {1} {2} gives {3} {4}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      nullValues = "-",
      value = {
        "POST | /chat/completions | not json | 400 | -",
        "POST | /chat/completions | [] | 400 | -",
        "POST | /chat/completions | {} | 400 | missing_required_parameter",
        "POST | /chat/completions | {\"model\":\"gpt-4o\"} | 400 | missing_required_parameter",
        "POST | /chat/completions | {\"model\":\"gpt-4o\",\"messages\":[]} | 400 | invalid_type",
        "POST | /chat/completions | {\"model\":7,\"messages\":[{}]} | 400 | invalid_type",
        "POST | /chat/completions | {\"model\":\"no-model\",\"messages\":[{}]} | 404 |"
            + " model_not_found",
        "POST | /completions | {} | 404 | -",
        "GET | /chat/completions | - | 405 | method_not_supported",
      })
  void refusesAsOpenAiDoes(String method, String path, String body, int status, String code)
      throws Exception {
    HttpResponse<String> answer =
        send(start(SimulatorSettings.DEFAULT), method, path, body == null ? "" : body);
    ObjectNode json = Json.readObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json.at("/error/message").asText()).isNotEmpty();
    assertThat(json.at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(json.at("/error/code").isNull() ? null : json.at("/error/code").asText())
        .isEqualTo(code);
  }

  @Test
  void wantsTheKeyThatItWasGiven() throws Exception {
    Simulator simulator = start(SimulatorSettings.DEFAULT.withExpectedKey("the-right-key"));
    assertThat(post(simulator, HELLO).statusCode()).isEqualTo(401);
    HttpResponse<String> wrong =
        post(simulator, HELLO, "Authorization", "Bearer the-wrong-key-1234");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("invalid_api_key").doesNotContain("the-wrong-key");
    assertThat(post(simulator, HELLO, "Authorization", "Bearer the-right-key").statusCode())
        .isEqualTo(200);
    assertThat(simulator.totals().completions()).isEqualTo(1);
  }

  @Test
  void listsItsModels() throws Exception {
    HttpResponse<String> models = send(start(SimulatorSettings.DEFAULT), "GET", "/models", "");
    assertThat(Json.readObject(models.body()).findValuesAsText("id"))
        .contains("gpt-4o-mini", "gpt-4.1-mini", "gpt-5-mini");
  }

  @Test
  void failsAsOftenAsARequestAsks() throws Exception {
    Simulator simulator = start(SimulatorSettings.DEFAULT);
    String request =
        HELLO.replace(
            "{\"model\"", "{\"metadata\":{\"simulate\":\"status=503,times=2\"},\"model\"");
    assertThat(post(simulator, request).statusCode()).isEqualTo(503);
    assertThat(post(simulator, request).statusCode()).isEqualTo(503);
    assertThat(post(simulator, request).statusCode()).isEqualTo(200);
    assertThat(simulator.totals().requests()).isEqualTo(3);
    assertThat(simulator.totals().failures()).isEqualTo(2);
  }

  @Test
  void obeysTheHeaderBeforeTheMetadata() throws Exception {
    Simulator simulator = start(SimulatorSettings.DEFAULT);
    HttpResponse<String> limited =
        post(simulator, HELLO, "X-Simulate", "status=429, retry_after=7");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).contains("7");
    assertThat(post(simulator, HELLO, "X-Simulate", "garbage").body()).startsWith("<html>");
    assertThatThrownBy(() -> post(simulator, HELLO, "X-Simulate", "cut"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void takesAsLongAsARequestAsks() throws Exception {
    long start = System.nanoTime();
    post(start(SimulatorSettings.DEFAULT), HELLO, "X-Simulate", "latency=120-150");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(119));
  }

  @ParameterizedTest
  @CsvSource({"status=200", "status=x", "sleep=1", "latency=9-1", "times=-1"})
  void refusesADirectiveThatItCannotRead(String directive) throws Exception {
    HttpResponse<String> answer =
        post(start(SimulatorSettings.DEFAULT), HELLO, "X-Simulate", directive);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_value");
  }

  @Test
  void failsAtTheRatesOfItsSettings() throws Exception {
    Simulator simulator =
        start(SimulatorSettings.DEFAULT.withFaults(new FaultRates(0.3, 0.3, 0, 0)));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      statuses.add(post(simulator, HELLO).statusCode());
    }
    assertThat(statuses).contains(200, 429, 500);
  }

  @Test
  void tellsItsTotalsToOtherProcesses() throws Exception {
    Simulator simulator = start(SimulatorSettings.DEFAULT);
    ObjectNode answer = Json.readObject(post(simulator, HELLO).body());
    ObjectNode totals = Json.readObject(send(simulator, "GET", "/simulator/totals", "").body());
    assertThat(totals.path("completions").asLong()).isEqualTo(1);
    assertThat(totals.path("prompt_tokens")).isEqualTo(answer.at("/usage/prompt_tokens"));
    assertThat(totals.path("completion_tokens")).isEqualTo(answer.at("/usage/completion_tokens"));
  }

  @Test
  void saysThatItsPortIsTaken() {
    int port = start(SimulatorSettings.DEFAULT).port();
    assertThatThrownBy(() -> start(SimulatorSettings.DEFAULT.withPort(port)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  private Simulator start(SimulatorSettings settings) {
    Simulator simulator = Simulator.start(settings);
    started.add(simulator);
    return simulator;
  }

  private HttpResponse<String> post(Simulator simulator, String body, String... headers)
      throws IOException, InterruptedException {
    return send(simulator, "POST", "/chat/completions", body, headers);
  }

  private HttpResponse<String> send(
      Simulator simulator, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String text(HttpResponse<String> answer) {
    return Json.readObject(answer.body()).at("/choices/0/message/content").asText();
  }
}
