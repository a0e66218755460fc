package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
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

  /** Equal functions may have their fields in another order, in which they are rendered. */
  private record Kept(List<JsonNode> functions, RenderedFunctions rendered) {

    boolean isOf(List<JsonNode> equal) {
      return haveSameOrder(functions.iterator(), equal.iterator());
    }

    private static boolean haveSameOrder(Iterator<JsonNode> ones, Iterator<JsonNode> others) {
      while (ones.hasNext() && others.hasNext()) {
        JsonNode one = ones.next();
        JsonNode other = others.next();
        if (!haveSameNames(one.fieldNames(), other.fieldNames())
            || !haveSameOrder(one.elements(), other.elements())) {
          return false;
        }
      }
      return true;
    }

    private static boolean haveSameNames(Iterator<String> ones, Iterator<String> others) {
      while (ones.hasNext() && others.hasNext()) {
        if (!ones.next().equals(others.next())) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<List<JsonNode>, Kept> rendered = new LinkedHashMap<>(16, 0.75f, true);

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
    Kept kept = rendered.get(functions);
    return kept != null && kept.isOf(functions) ? kept.rendered() : null;
  }

  /** Keeps a copy as the key: the caller may change its request later. */
  private synchronized void put(List<JsonNode> functions, RenderedFunctions fresh) {
    List<JsonNode> copy = functions.stream().<JsonNode>map(JsonNode::deepCopy).toList();
    rendered.remove(copy);
    rendered.put(copy, new Kept(copy, fresh));
    var eldest = rendered.keySet().iterator();
    while (rendered.size() > MAX_SETS) {
      eldest.next();
      eldest.remove();
    }
  }
}
