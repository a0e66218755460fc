package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The functions that a request offers, as the model reads them.
 *
 * @param signatures one a function, in their order
 * @param body all of them, without their namespace
 * @param areUncertain whether one is of a kind whose rendering is not known to the token
 */
record RenderedFunctions(List<Signature> signatures, String body, boolean areUncertain) {

  /** One function by its name. */
  record Signature(String name, String text) {}

  RenderedFunctions {
    signatures = List.copyOf(signatures);
  }

  static RenderedFunctions of(List<JsonNode> functions) {
    return new RenderedFunctions(
        functions.stream().map(RenderedFunctions::signature).toList(),
        FunctionSignatures.body(functions),
        FunctionSignatures.areUncertain(functions));
  }

  boolean isEmpty() {
    return signatures.isEmpty();
  }

  /** The functions inside their namespace. */
  String namespace() {
    return FunctionSignatures.namespace(body);
  }

  private static Signature signature(JsonNode function) {
    return new Signature(
        function.path("name").asText(""), FunctionSignatures.body(List.of(function)));
  }
}
