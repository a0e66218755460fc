package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how functions were rendered, since each request of a conversation offers the same ones.
 * Bounded by number and by characters; the least recently used go first. Thread-safe.
 */
final class FunctionCache {

  private static final int MAX_SETS = 32;

  /** Longer ones are rendered each time. */
  private static final int MAX_CHARS = 100_000;

  private final Map<List<JsonNode>, RenderedFunctions> rendered =
      new LinkedHashMap<>(16, 0.75f, true);

  RenderedFunctions of(List<JsonNode> functions) {
    RenderedFunctions known = get(functions);
    if (known != null) {
      return known;
    }
    RenderedFunctions fresh = RenderedFunctions.of(functions);
    if (fresh.body().length() <= MAX_CHARS) {
      put(functions, fresh);
    }
    return fresh;
  }

  private synchronized @Nullable RenderedFunctions get(List<JsonNode> functions) {
    return rendered.get(functions);
  }

  /** Keeps a copy as the key: the caller may change its request later. */
  private synchronized void put(List<JsonNode> functions, RenderedFunctions fresh) {
    rendered.put(functions.stream().<JsonNode>map(JsonNode::deepCopy).toList(), fresh);
    var eldest = rendered.keySet().iterator();
    while (rendered.size() > MAX_SETS) {
      eldest.next();
      eldest.remove();
    }
  }
}
