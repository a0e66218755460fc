package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What tells the endpoints apart.
 *
 * @param path below the base URL
 * @param count what fills the context of a request
 * @param isAnswer whether an answer holds what was asked for
 * @param lacking what it lacks otherwise, as part of a sentence
 * @param make makes the answer's value of it
 * @param stream puts an answer together from its events, absent where none streams
 */
record Api<A extends ModelAnswer>(
    String path,
    BiFunction<ContextCounter, ObjectNode, ContextBreakdown> count,
    Predicate<ObjectNode> isAnswer,
    String lacking,
    AnswerFactory<A> make,
    Optional<Supplier<StreamedAnswer>> stream) {

  interface AnswerFactory<A> {
    A make(ObjectNode json, String model, Optional<String> requestId);
  }

  static final Api<ChatResponse> CHAT =
      new Api<>(
          "/chat/completions",
          ContextCounter::countChat,
          json -> json.path("choices").path(0).path("message").isObject(),
          "holds no message in its choices",
          ChatResponse::new,
          Optional.of(StreamedChat::new));

  static final Api<ResponsesResponse> RESPONSES =
      new Api<>(
          "/responses",
          ContextCounter::countResponses,
          json -> json.path("output").isArray() || json.path("status").isTextual(),
          "holds no output",
          ResponsesResponse::new,
          Optional.of(StreamedResponses::new));

  static final Api<EmbeddingResponse> EMBEDDINGS =
      new Api<>(
          "/embeddings",
          ContextCounter::countEmbeddings,
          json -> json.path("data").isArray(),
          "holds no data",
          EmbeddingResponse::new,
          Optional.empty());
}
