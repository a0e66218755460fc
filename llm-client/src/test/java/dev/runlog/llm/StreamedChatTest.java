package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import org.junit.jupiter.api.Test;

class StreamedChatTest {

  private final StreamedChat chat = new StreamedChat();

  @Test
  void makesTheAnswerThatAnUnstreamedCallWouldGive() {
    add(
        "{'id':'c1','object':'chat.completion.chunk','created':7,'model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':null}]}");
    add("{'id':'c1','choices':[{'index':0,'delta':{'content':'Hel'}}],'usage':null}");
    add(
        "{'id':'','model':'','choices':[{'index':0,'delta':{'content':'lo'},'finish_reason':'stop'}]}");
    add("{'id':'c1','choices':[],'usage':{'prompt_tokens':8}}");
    assertThat(chat.isComplete()).isTrue();
    assertThat(chat.json())
        .isEqualTo(
            json(
                "{'id':'c1','created':7,'model':'m','usage':{'prompt_tokens':8},'object':'chat.completion',"
                    + "'choices':[{'index':0,'message':{'role':'assistant','content':'Hello','refusal':null},"
                    + "'logprobs':null,'finish_reason':'stop'}]}"));
  }

  @Test
  void putsFragmentsOfParallelCallsTogetherByTheirIndex() {
    addDelta(
        "{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'f','arguments':''}}]}");
    addDelta(
        "{'tool_calls':[{'index':1,'id':'b','type':'function','function':{'name':'g','arguments':'{'}}]}");
    addDelta(
        "{'tool_calls':[{'index':0,'function':{'arguments':'{1'}},{'index':1,'function':{'arguments':'2'}}]}");
    addDelta(
        "{'tool_calls':[{'index':0,'function':{'arguments':'}'}},{'index':1,'function':{'arguments':'}'}}]}");
    assertThat(calls())
        .isEqualTo(
            Json.read(
                "[{'id':'a','type':'function','function':{'name':'f','arguments':'{1}'}},{'id':'b','type':'function','function':{'name':'g','arguments':'{2}'}}]"
                    .replace('\'', '"'),
                JsonNode.class));
  }

  @Test
  void tellsCallsApartThatShareAnIndexOrHaveNone() {
    addDelta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'1'}}]}");
    addDelta("{'tool_calls':[{'index':0,'id':'b','function':{'name':'g','arguments':'2'}}]}");
    addDelta("{'tool_calls':[{'id':'c','function':{'name':'h','arguments':'3'}}]}");
    addDelta("{'tool_calls':[{'function':{'arguments':'4'}}]}");
    assertThat(calls().findValuesAsText("arguments")).containsExactly("1", "2", "34");
    assertThat(calls().findValuesAsText("name")).containsExactly("f", "g", "h");
  }

  @Test
  void keepsANameThatIsRepeatedWithEachFragment() {
    addDelta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'1'}}]}");
    addDelta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'2'}}]}");
    assertThat(calls().findValuesAsText("name")).containsExactly("f");
    assertThat(calls().findValuesAsText("arguments")).containsExactly("12");
  }

  @Test
  void keepsChoicesApartAndFieldsThatItDoesNotKnow() {
    add(
        "{'choices':[{'index':1,'delta':{'content':'b','reasoning_content':'x'}},{'index':0,'delta':{'content':'a'}}],'citations':['u']}");
    add(
        "{'choices':[{'index':1,'delta':{'reasoning_content':'y','content':[{'type':'text','text':'c'}]}}]}");
    assertThat(chat.json().path("citations")).hasSize(1);
    assertThat(chat.json().path("choices").findValuesAsText("reasoning_content"))
        .containsExactly("xy");
    assertThat(DeltaMerge.text(chat.json().at("/choices/1/message/content"))).isEqualTo("bc");
    assertThat(chat.json().at("/choices/0/message/content").asText()).isEqualTo("a");
  }

  @Test
  void isCompleteOnceEachOfItsChoicesIs() {
    assertThat(chat.isComplete()).isFalse();
    add("{'choices':[{'index':0,'delta':{'content':'a'}},{'index':1,'delta':{'content':'b'}}]}");
    add("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");
    assertThat(chat.isComplete()).isFalse();
    add("{'choices':[{'index':1,'delta':{},'finish_reason':'length'}]}");
    assertThat(chat.isComplete()).isTrue();
  }

  private JsonNode calls() {
    return chat.json().at("/choices/0/message/tool_calls");
  }

  private void addDelta(String delta) {
    add("{'choices':[{'index':0,'delta':" + delta + "}]}");
  }

  private void add(String chunk) {
    chat.add(json(chunk));
  }

  private static ObjectNode json(String json) {
    return Json.readObject(json.replace('\'', '"'));
  }
}
