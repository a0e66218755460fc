package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.Optional;

/**
 * What fills the context of a request, or why that could not be counted. A call never fails because
 * its count did.
 */
record CountedContext(Optional<ContextBreakdown> breakdown, Optional<String> error) {

  /** The answer came first. */
  static CountedContext notYet() {
    return new CountedContext(
        Optional.empty(),
        Optional.of(
            "count the context: the model's encoding was still loading when the answer came"));
  }

  static CountedContext of(Api<?> api, ContextCounter counter, ObjectNode request) {
    try {
      return new CountedContext(Optional.of(api.count().apply(counter, request)), Optional.empty());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return new CountedContext(Optional.empty(), Optional.of("count the context: " + e));
    }
  }
}
