package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenAI's own client, accounted for, against the simulator. */
@Timeout(120)
class OpenAiJavaTest {

  private final RecordedEvents events = new RecordedEvents();

  @Test
  void accountsForTheOfficialClient() {
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
      OpenAIClient client = client(simulator);
      ChatCompletion answer = client.chat().completions().create(request());
      assertThat(answer.choices().get(0).message().content().orElse("")).contains("simulator");
      client.close();
    }
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
    assertThat(events.only(LlmCallStarted.class).context().orElseThrow().totalTokens())
        .isEqualTo(8);
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.estimateErrorTokens()).contains(0L);
    assertThat(completed.finishReason()).contains("stop");
  }

  @Test
  void accountsForAStreamOfTheOfficialClient() {
    StringBuilder text = new StringBuilder();
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
      OpenAIClient client = client(simulator);
      try (StreamResponse<ChatCompletionChunk> stream =
          client.chat().completions().createStreaming(request())) {
        stream.stream()
            .flatMap(chunk -> chunk.choices().stream())
            .forEach(choice -> choice.delta().content().ifPresent(text::append));
      }
      client.close();
    }
    assertThat(text).contains("simulator");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
    assertThat(events.only(LlmCallCompleted.class).timeToFirstTokenMs()).isPresent();
  }

  @Test
  void accountsForAResponseOfTheOfficialClient() {
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
      OpenAIClient client = client(simulator);
      Response response =
          client
              .responses()
              .create(ResponseCreateParams.builder().model("gpt-5-mini").input("hello").build());
      assertThat(response.output()).hasSize(1);
      client.close();
    }
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.estimateErrorTokens()).contains(0L);
    assertThat(completed.finishReason()).contains("completed");
  }

  private OpenAIClient client(Simulator simulator) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(simulator.baseUrl())
        .apiKey("key-of-the-test")
        .addInterceptor(new AccountingInterceptor(events, Accounting.ofDefaults(), Optional::empty))
        .build();
  }

  private static ChatCompletionCreateParams request() {
    return ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage("hello").build();
  }
}
