package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionCacheTest {

  private final FunctionCache cache = new FunctionCache();

  @Test
  void rendersEqualFunctionsOnce() {
    assertThat(cache.of(functions("look"))).isSameAs(cache.of(functions("look")));
    assertThat(cache.of(functions("look")).body()).contains("type look = () => any;");
    assertThat(cache.of(functions("listen"))).isNotSameAs(cache.of(functions("look")));
  }

  @Test
  void rendersEqualFunctionsInTheirOwnOrder() {
    String function =
        "{\"name\":\"f\",\"parameters\":{\"properties\":{%s:{\"type\":\"string\"},%s:{\"type\":\"string\"}}}}";
    List<JsonNode> oneWay = List.of(Json.readObject(function.formatted("\"a\"", "\"b\"")));
    List<JsonNode> otherWay = List.of(Json.readObject(function.formatted("\"b\"", "\"a\"")));
    assertThat(oneWay).isEqualTo(otherWay);
    assertThat(cache.of(oneWay).body()).contains("{ a?: string, b?: string }");
    assertThat(cache.of(otherWay).body()).contains("{ b?: string, a?: string }");
    assertThat(cache.of(otherWay)).isSameAs(cache.of(otherWay));
  }

  @Test
  void isNotMisledByACallerThatChangesItsRequest() {
    List<JsonNode> functions = functions("look");
    RenderedFunctions look = cache.of(functions);
    ((ObjectNode) functions.get(0)).put("name", "listen");
    assertThat(cache.of(functions).body()).contains("type listen");
    assertThat(cache.of(functions("look"))).isSameAs(look);
  }

  @Test
  void forgetsTheFunctionsThatWereNotUsedForLongest() {
    RenderedFunctions first = cache.of(functions("first"));
    RenderedFunctions second = cache.of(functions("second"));
    for (int i = 0; i < 31; i++) {
      cache.of(functions("other" + i));
      assertThat(cache.of(functions("second"))).isSameAs(second);
    }
    assertThat(cache.of(functions("first"))).isNotSameAs(first).isEqualTo(first);
  }

  @Test
  void doesNotKeepWhatIsVeryLong() {
    String description = "word ".repeat(30_000);
    List<JsonNode> functions =
        List.of(Json.object().put("name", "f").put("description", description));
    assertThat(cache.of(functions)).isNotSameAs(cache.of(functions));
  }

  private static List<JsonNode> functions(String name) {
    return List.of(Json.object().put("name", name));
  }
}
