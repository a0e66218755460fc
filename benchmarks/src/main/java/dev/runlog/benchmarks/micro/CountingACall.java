package dev.runlog.benchmarks.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.runlog.benchmarks.llm.Texts;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A chat of about 2,000 tokens in ten messages, and what it costs to know its context. */
@State(Scope.Benchmark)
public class CountingACall {

  private static final int MESSAGES = 10;
  private static final int TOKENS_A_MESSAGE = 200;

  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  private final ObjectNode request = Json.object().put("model", "gpt-5-mini");
  private final List<String> texts = new ArrayList<>();
  private final ContextCounter knowing = new ContextCounter();

  /** Writes the chat, and lets both load the encoding. */
  @Setup
  public void prepare() {
    ArrayNode messages = request.putArray("messages");
    for (int i = 0; i < MESSAGES; i++) {
      String role = i % 2 == 0 ? "user" : "assistant";
      messages.addObject().put("role", role).put("content", Texts.of(i, TOKENS_A_MESSAGE));
    }
    for (JsonNode message : messages) {
      texts.add(message.path("content").asText());
    }
    known();
    encoded();
  }

  /** All that a breakdown says, by a counter that has seen none of the messages. */
  @Benchmark
  public ContextBreakdown unknown() {
    return new ContextCounter().countChat(request);
  }

  /** The same by a counter that has seen them all. */
  @Benchmark
  public ContextBreakdown known() {
    return knowing.countChat(request);
  }

  /** The tokens of the texts alone. */
  @Benchmark
  public int encoded() {
    return texts.stream().mapToInt(encoding::countTokensOrdinary).sum();
  }
}
