package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;

/** Counts the input of embeddings: texts, or tokens that the caller has made already. */
final class EmbeddingsCount {

  private final CountedRequest counted;

  EmbeddingsCount(CountedRequest counted) {
    this.counted = counted;
  }

  /** Counts a text, a list of texts, a list of tokens or a list of such lists. */
  void count(JsonNode input) {
    if (input.isArray() && !input.path(0).isNumber()) {
      input.forEach(this::countOne);
    } else {
      countOne(input);
    }
  }

  private void countOne(JsonNode input) {
    counted.tally().beginMessage("user");
    counted.tally().addContent("user", input.isArray() ? input.size() : tokens(input));
  }

  private int tokens(JsonNode text) {
    return counted.tokens(text.asText(""));
  }
}
