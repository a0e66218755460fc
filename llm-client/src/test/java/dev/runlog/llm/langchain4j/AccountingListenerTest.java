package dev.runlog.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.llm.Accounting;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * LangChain4j's own way of calling a model and its listeners, with a model that answers at once.
 */
class AccountingListenerTest {

  private static final ChatRequest HELLO =
      ChatRequest.builder().modelName("gpt-4o").messages(UserMessage.from("hello")).build();

  private final List<EventPayload> events = new ArrayList<>();
  private final EventAppender appender =
      payload -> {
        events.add(payload);
        return new EventId(events.size());
      };
  private final AccountingListener listener =
      new AccountingListener(appender, Accounting.ofDefaults(), () -> Optional.of(new EventId(41)));

  /** What is called, with the listener. */
  private record Model(ChatModelListener listener, Function<ChatRequest, ChatResponse> answer)
      implements ChatModel {

    @Override
    public ChatResponse doChat(ChatRequest request) {
      return answer.apply(request);
    }

    @Override
    public List<ChatModelListener> listeners() {
      return List.of(listener);
    }
  }

  /** As the usage of LangChain4j's OpenAI classes, which add methods to that of its core. */
  public static final class DetailedUsage extends TokenUsage {

    DetailedUsage() {
      super(8, 20);
    }

    public Details inputTokensDetails() {
      return new Details();
    }

    public Details outputTokensDetails() {
      return new Details();
    }
  }

  /** Its details. */
  public static final class Details {

    public Integer cachedTokens() {
      return 4;
    }

    public Integer reasoningTokens() {
      return 12;
    }
  }

  @BeforeAll
  static void loadTheEncoding() {
    new ContextCounter().ready("gpt-4o").join();
  }

  @Test
  void logsAChatWithItsContextAndItsUsage() {
    chat(HELLO, request -> answer(new TokenUsage(8, 2)));

    LlmCallStarted started = (LlmCallStarted) events.get(0);
    assertThat(started.modelName()).isEqualTo("gpt-4o");
    assertThat(started.parentEventId()).contains(41L);
    assertThat(started.context().orElseThrow().totalTokens()).isEqualTo(8);
    LlmCallCompleted completed = (LlmCallCompleted) events.get(1);
    assertThat(completed.startedEventId()).isEqualTo(1);
    assertThat(completed.modelName()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(completed.inputTokens()).contains(8L);
    assertThat(completed.estimateErrorTokens()).contains(0L);
    assertThat(completed.finishReason()).contains("stop");
    assertThat(completed.requestId()).contains("chatcmpl-7");
    assertThat(completed.costUsd()).isPresent();
  }

  @Test
  void knowsCachedAndReasoningTokensWhereTheModelTellsThem() {
    chat(HELLO, request -> answer(new DetailedUsage()));

    LlmCallCompleted completed = (LlmCallCompleted) events.get(1);
    assertThat(completed.cachedInputTokens()).contains(4L);
    assertThat(completed.reasoningTokens()).contains(12L);
  }

  @Test
  void saysThatAModelToldNoUsage() {
    chat(HELLO, request -> ChatResponse.builder().aiMessage(AiMessage.from("Hi.")).build());

    LlmCallCompleted completed = (LlmCallCompleted) events.get(1);
    assertThat(completed.usageSource()).isEqualTo("missing");
    assertThat(completed.inputTokens()).isEmpty();
    assertThat(completed.modelName()).isEqualTo("gpt-4o");
  }

  @Test
  void countsToolsCallsResultsAndFormatAsOnTheWire() {
    JsonObjectSchema city =
        JsonObjectSchema.builder().addStringProperty("city", "Name of it").required("city").build();
    ToolExecutionRequest call =
        ToolExecutionRequest.builder()
            .id("c1")
            .name("weather")
            .arguments("{\"city\":\"Rome\"}")
            .build();
    ChatRequest request =
        ChatRequest.builder()
            .modelName("gpt-4o")
            .messages(
                SystemMessage.from("Be brief."),
                UserMessage.from(TextContent.from("Look."), ImageContent.from("https://a.b/c.png")),
                AiMessage.from(call),
                ToolExecutionResultMessage.from(call, "Sunny."))
            .toolSpecifications(
                ToolSpecification.builder()
                    .name("weather")
                    .description("Tells the weather.")
                    .parameters(city)
                    .build())
            .responseFormat(
                ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder().name("place").rootElement(city).build())
                    .build())
            .build();

    chat(request, asked -> answer(new TokenUsage(300, 2)));

    String schema =
        "{'type':'object','properties':{'city':{'type':'string','description':'Name of it'}},"
            + "'required':['city']}";
    ObjectNode wire =
        Json.readObject(
            ("{'model':'gpt-4o','messages':[{'role':'system','content':'Be brief.'},"
                    + "{'role':'user','content':[{'type':'text','text':'Look.'},{'type':'image_url',"
                    + "'image_url':{'url':'https://a.b/c.png','detail':'low'}}]},"
                    + "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                    + "'function':{'name':'weather','arguments':'{\\'city\\':\\'Rome\\'}'}}]},"
                    + "{'role':'tool','tool_call_id':'c1','content':'Sunny.'}],"
                    + "'tools':[{'type':'function','function':{'name':'weather',"
                    + "'description':'Tells the weather.','parameters':"
                    + schema
                    + "}}],"
                    + "'response_format':{'type':'json_schema','json_schema':{'name':'place',"
                    + "'schema':"
                    + schema
                    + "}}}")
                .replace('\'', '"'));
    ContextBreakdown context = ((LlmCallStarted) events.get(0)).context().orElseThrow();
    assertThat(context).isEqualTo(new ContextCounter().countChat(wire));
    assertThat(context.tools()).containsKey("weather");
  }

  @Test
  void logsWhatTheServerRefused() {
    HttpException refusal =
        new HttpException(
            429,
            "{\"error\":{\"message\":\"no credit, sk-abcdefgh\",\"code\":\"insufficient_quota\"}}");

    assertThat(failure(new RateLimitException(refusal)))
        .satisfies(failed -> assertThat(failed.reason()).contains("quota_exhausted"))
        .satisfies(failed -> assertThat(failed.status()).contains(429))
        .satisfies(
            failed -> assertThat(failed.error()).contains("no credit").doesNotContain("abcdefgh"));
  }

  @Test
  void namesTheKindOfAFailure() {
    assertThat(failure(new TimeoutException("too slow")).reason()).contains("timeout");
    assertThat(failure(new RuntimeException(new java.io.IOException("cut"))).reason())
        .contains("connection");
    assertThat(failure(new IllegalStateException("a bug")))
        .satisfies(failed -> assertThat(failed.reason()).isEmpty())
        .satisfies(failed -> assertThat(failed.error()).isEqualTo("a bug"));
  }

  private LlmCallFailed failure(RuntimeException error) {
    events.clear();
    Model model =
        new Model(
            listener,
            request -> {
              throw error;
            });
    assertThatThrownBy(() -> model.chat(HELLO)).isSameAs(error);
    return (LlmCallFailed) events.get(1);
  }

  private void chat(ChatRequest request, Function<ChatRequest, ChatResponse> answer) {
    new Model(listener, answer).chat(request);
  }

  private static ChatResponse answer(TokenUsage usage) {
    return ChatResponse.builder()
        .id("chatcmpl-7")
        .modelName("gpt-4o-2024-08-06")
        .aiMessage(AiMessage.from("Hi."))
        .tokenUsage(usage)
        .finishReason(FinishReason.STOP)
        .build();
  }
}
