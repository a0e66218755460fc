package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextCounterTest {

  private final ContextCounter counter = new ContextCounter();

  @Test
  void framesEachMessageAndPrimesTheAnswer() {
    ContextBreakdown context =
        chat("{'model':'gpt-4o','messages':[{'role':'user','content':'hello'}]}");
    assertThat(context.totalTokens()).isEqualTo(8);
    assertThat(context.byRole()).containsEntry("user", 1L);
    assertThat(context.framing()).isEqualTo(7);
    assertThat(context.messages()).isEqualTo(1);
    assertThat(context.windowTokens()).contains(128_000L);
    assertThat(context.utilization()).contains(8 / 128_000.0);
    assertThat(context.exactness()).isEqualTo("exact");
  }

  @Test
  void framesReasoningModelsDifferently() {
    assertThat(
            chat("{'model':'gpt-5-mini','messages':[{'role':'user','content':'hello'}]}")
                .totalTokens())
        .isEqualTo(7);
    assertThat(
            chat("{'model':'gpt-5-mini','messages':[{'role':'user','content':'hello'},"
                    + "{'role':'assistant','content':'hello'}]}")
                .totalTokens())
        .isEqualTo(7 + 7);
  }

  @Test
  void joinsThePartsOfAContentAndCountsNames() {
    assertThat(
            chat("{'model':'gpt-4o','messages':[{'role':'user','content':"
                    + "[{'type':'text','text':'hel'},{'type':'text','text':'lo'}]}]}")
                .totalTokens())
        .isEqualTo(8);
    assertThat(
            chat("{'model':'gpt-4o','messages':[{'role':'user','name':'bob','content':'hello'}]}")
                .totalTokens())
        .isGreaterThan(8);
  }

  @Test
  void addsUpToItsTotalWithToolsSchemaCallsAndImages() {
    ContextBreakdown context =
        chat(
            "{'model':'gpt-4o','messages':[{'role':'system','content':'Be brief.'},"
                + "{'role':'user','content':[{'type':'text','text':'Look'},"
                + "{'type':'image_url','image_url':{'url':'https://example.org/a.png'}}]},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                + "'function':{'name':'look','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'seen'}],"
                + "'tools':[{'type':'function','function':{'name':'look','description':'Looks.',"
                + "'parameters':{'type':'object','properties':{'at':{'type':'string'}}}}}],"
                + "'response_format':{'type':'json_schema','json_schema':{'name':'seen',"
                + "'schema':{'type':'object','properties':{'what':{'type':'string'}}}}}}");
    assertThat(context.toolDefinitions()).isPositive();
    assertThat(context.tools()).containsOnlyKeys("look");
    assertThat(context.tools().get("look")).isPositive().isLessThan(context.toolDefinitions());
    assertThat(context.responseFormat()).isPositive();
    assertThat(context.images()).isEqualTo(85 + 4 * 170);
    assertThat(context.byRole()).containsOnlyKeys("system", "user", "assistant", "tool");
    assertThat(sumOfParts(context)).isEqualTo(context.totalTokens());
    assertThat(context.exactness()).isEqualTo("approximate");
    assertThat(context.exactnessReason().orElse("")).contains("the size of an image is unknown");
  }

  @Test
  void countsTheNameOfAResultWithoutTheDotBeforeIt() {
    ContextBreakdown context =
        chat(
            "{'model':'gpt-4o','messages':[{'role':'user','content':'hello'},"
                + "{'role':'assistant','tool_calls':[{'id':'c1','type':'function',"
                + "'function':{'name':'calculator','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'60'}]}");
    assertThat(counter.countText("gpt-4o", "functions.calculator")).isEqualTo(3);
    assertThat(counter.countText("gpt-4o", "calculator")).isEqualTo(1);
    assertThat(context.totalTokens()).isEqualTo(3 + (4 + 1) + (3 + 1 + 6) + (1 + 1 + 1 + 5));
  }

  @Test
  void tellsWhatEachMessageTakes() {
    ObjectNode request =
        json(
            "{'model':'gpt-4o','messages':[{'role':'system','content':'Be brief.'},"
                + "{'role':'user','content':[{'type':'text','text':'hello'},"
                + "{'type':'image_url','image_url':{'url':'https://a.b/c.png','detail':'low'}}]},"
                + "{'role':'assistant','tool_calls':[{'id':'c1','function':"
                + "{'name':'look','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'seen'}],"
                + "'tools':[{'type':'function','function':{'name':'look'}}]}");

    List<MessageTokens> messages = counter.chatMessages(request);

    assertThat(messages)
        .extracting(MessageTokens::role)
        .containsExactly("system", "user", "assistant", "tool");
    assertThat(messages.get(1)).isEqualTo(new MessageTokens(1, "user", 1, 85, 4));
    ContextBreakdown context = counter.countChat(request);
    assertThat(messages.stream().mapToLong(MessageTokens::totalTokens).sum())
        .isEqualTo(context.totalTokens() - context.toolDefinitions() - 3);
  }

  @Test
  void tellsWhatEachItemOfAResponsesRequestTakes() {
    ObjectNode request =
        json(
            "{'model':'gpt-4o','instructions':'Be brief.','input':["
                + "{'role':'user','content':'hello'},"
                + "{'type':'function_call','call_id':'c1','name':'look','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c1','output':'seen'}]}");

    List<MessageTokens> messages = counter.responsesMessages(request);

    assertThat(messages)
        .extracting(MessageTokens::role)
        .containsExactly("system", "user", "assistant", "tool");
    assertThat(messages.stream().mapToLong(MessageTokens::totalTokens).sum())
        .isEqualTo(counter.countResponses(request).totalTokens() - 3);
  }

  @Test
  void takesSpecialTokensAsPlainText() {
    assertThat(
            chat("{'model':'gpt-4o','messages':[{'role':'user','content':'<|endoftext|>'}]}")
                .totalTokens())
        .isGreaterThan(8 + 3);
  }

  @Test
  void countsHalfASurrogatePairAsTheReplacementThatIsSent() {
    assertThat(counter.countText("gpt-4o", "cut \uD83D"))
        .isEqualTo(counter.countText("gpt-4o", "cut \uFFFD"));
  }

  @Test
  void countsUnknownModelsAndSaysSo() {
    ContextBreakdown context =
        chat("{'model':'llama-9','messages':[{'role':'user','content':'hello'}]}");
    assertThat(context.totalTokens()).isEqualTo(8);
    assertThat(context.exactnessReason())
        .contains("model llama-9 is not known, counted with o200k_base");
    assertThat(context.windowTokens()).isEmpty();
    assertThat(context.utilization()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-6", "gpt-6-mini", "gpt-6.1", "gpt-10"})
  void countsLaterModelsAsTheNewestThatIsKnownAndSaysSo(String model) {
    String rest = "','messages':[{'role':'assistant','content':'hello'}]}";
    ContextBreakdown context = chat("{'model':'" + model + rest);
    assertThat(context.totalTokens())
        .isEqualTo(chat("{'model':'gpt-5.4" + rest).totalTokens())
        .isNotEqualTo(chat("{'model':'gpt-4o" + rest).totalTokens());
    assertThat(context.exactness()).isEqualTo("approximate");
  }

  @Test
  void doesNotTakeANullForTheIdOfACall() {
    String items =
        "{'model':'gpt-4o','input':[{'type':'function_call','call_id':'c1','name':'look','arguments':'{}'%s}]}";
    assertThat(counter.countResponses(json(items.formatted(",'id':null,'status':null"))))
        .isEqualTo(counter.countResponses(json(items.formatted(""))));
    assertThat(
            counter
                .countResponses(json(items.formatted(",'id':'i','status':'completed'")))
                .framing())
        .isEqualTo(counter.countResponses(json(items.formatted(""))).framing() + 3);
  }

  @Test
  void refusesARequestWithoutModel() {
    assertThatThrownBy(() -> chat("{'messages':[]}"))
        .isInstanceOf(UncountableException.class)
        .hasMessage("the request names no model");
  }

  @ParameterizedTest
  @CsvSource({
    "{'model':'gpt-4o'}",
    "{'model':'gpt-4o';'messages':{}}",
    "{'model':'gpt-4o';'messages':[null;1;'x';{'role':7;'content':{'a':1}};{'content':[[];{}]}]}",
    "{'model':'gpt-4o';'messages':[];'tools':[null;{'type':'function'};{'function':{'parameters':[]}}]}",
    "{'model':'gpt-4o';'messages':[];'response_format':{'type':'json_schema'};'tool_choice':3}",
    "{'model':'gpt-4o';'messages':[{'role':'assistant';'tool_calls':[{};{'function':{'arguments':9}}]}]}",
    "{'model':'gpt-5';'input':[null;{'type':'reasoning'};{'type':'function_call'}];'tools':[{}]}",
  })
  void countsMalformedRequestsWithoutFailing(String request) {
    ObjectNode json = Json.readObject(request.replace('\'', '"').replace(';', ','));
    assertThat(sumOfParts(counter.countChat(json))).isNotNegative();
    assertThat(sumOfParts(counter.countResponses(json))).isNotNegative();
  }

  @Test
  void survivesASchemaThatRefersToItself() {
    ContextBreakdown context =
        chat(
            "{'model':'gpt-4o','messages':[],'tools':[{'type':'function','function':{'name':'f',"
                + "'parameters':{'type':'object','properties':{'n':{'$ref':'#/$defs/N'}},'$defs':"
                + "{'N':{'type':'object','properties':{'next':{'$ref':'#/$defs/N'}}}}}}}]}");
    assertThat(context.toolDefinitions()).isBetween(20L, 60L);
  }

  @Test
  void estimatesALongTextAndSaysSo() {
    String text = "All work and no play makes Jack a dull boy. ".repeat(70_000);
    ObjectNode request = Json.object().put("model", "gpt-4o");
    request.putArray("messages").addObject().put("role", "user").put("content", text);
    ContextBreakdown context = counter.countChat(request);
    assertThat(context.totalTokens()).isBetween(11 * 69_000L, 12 * 71_000L);
    assertThat(context.exactnessReason()).contains("a text is longer than 200000 characters");
  }

  @Test
  @Timeout(20)
  void isNotStalledByAMegabyteOfOneLetterOrALongChineseText() {
    assertThat(counter.countText("gpt-4o", "a".repeat(1 << 20))).isBetween(1 << 16, 1 << 19);
    assertThat(counter.countText("gpt-4o", "\u6C34\u706B".repeat(50_000)))
        .isBetween(50_000, 200_000);
  }

  @Test
  void countsResponsesWithInstructions() {
    ContextBreakdown context =
        counter.countResponses(json("{'model':'gpt-4o','instructions':'hello','input':'hello'}"));
    assertThat(context.totalTokens()).isEqualTo(3 + 5 + 5);
    assertThat(context.byRole()).containsEntry("system", 1L).containsEntry("user", 1L);
  }

  @ParameterizedTest(name = "{0}, {1} × {2}, detail {3}: {4}")
  @CsvSource({
    "gpt-4o, 1024, 1024, high, 765",
    "gpt-4o, 4096, 2048, auto, 1105",
    "gpt-4o, 100, 100, auto, 255",
    "gpt-4o, 4096, 4096, low, 85",
    "gpt-4o-mini, 1024, 1024, high, 25501",
    "gpt-4.1-mini, 640, 480, auto, 488",
    "gpt-5.4, 4000, 4000, auto, 1845",
  })
  void countsImagesByTheirSize(String model, int width, int height, String detail, long tokens)
      throws IOException {
    ObjectNode request = Json.object().put("model", model);
    request
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .putArray("content")
        .addObject()
        .put("type", "image_url")
        .putObject("image_url")
        .put("url", "data:image/png;base64," + png(width, height))
        .put("detail", detail);
    assertThat(counter.countChat(request).images()).isEqualTo(tokens);
  }

  private static String png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(bytes);
    header.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13});
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.writeLong(0);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private ContextBreakdown chat(String json) {
    return counter.countChat(json(json));
  }

  private static ObjectNode json(String json) {
    return Json.readObject(json.replace('\'', '"'));
  }

  private static long sumOfParts(ContextBreakdown context) {
    return context.byRole().values().stream().mapToLong(Long::longValue).sum()
        + context.toolDefinitions()
        + context.responseFormat()
        + context.images()
        + context.framing();
  }
}
