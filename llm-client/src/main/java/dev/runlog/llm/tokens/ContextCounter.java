package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.pricing.PriceTable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Counts what a request will put into the model's context: what OpenAI will report as input tokens.
 * Thread-safe; counts of texts are remembered, so that a growing conversation is not counted anew.
 *
 * <p>The rules were fitted to recorded calls of the real API, from gpt-3.5 to gpt-5.6, and agree
 * with the renderer of OpenAI's harmony format (github.com/openai/harmony). Where they are known to
 * miss, or the request holds what nobody can count from outside, the breakdown is {@code
 * approximate} and says why.
 */
public final class ContextCounter {

  private static final int CACHE_CHARS = 8_000_000;

  private final CountCache cache = new CountCache(CACHE_CHARS);
  private final FunctionCache functions = new FunctionCache();
  private final KnownProfiles profiles = new KnownProfiles();
  private final PriceTable windows;

  /** A counter that knows the context windows of current models. */
  public ContextCounter() {
    this(PriceTable.builtIn());
  }

  /**
   * @param windows knows how much fits into a model's context
   */
  public ContextCounter(PriceTable windows) {
    this.windows = windows;
  }

  /**
   * Counts a request of the Chat Completions API.
   *
   * @throws UncountableException when it has no model, or its encoding is not there
   */
  public ContextBreakdown countChat(ObjectNode request) {
    CountedRequest counted = counted(request);
    new ChatCount(counted, request).count();
    return counted.breakdown();
  }

  /**
   * Counts a request of the Responses API.
   *
   * @throws UncountableException when it has no model, or its encoding is not there
   */
  public ContextBreakdown countResponses(ObjectNode request) {
    CountedRequest counted = counted(request);
    new ResponsesCount(counted, request).count();
    return counted.breakdown();
  }

  /**
   * What each message of a Chat Completions request takes, in their order. The sum is the total
   * less tool definitions, response format and the few tokens that frame the whole.
   *
   * @throws UncountableException when it has no model, or its encoding is not there
   */
  public List<MessageTokens> chatMessages(ObjectNode request) {
    CountedRequest counted = counted(request);
    new ChatCount(counted, request).count();
    return counted.tally().messages();
  }

  /**
   * The same of a request of the Responses API; calls of functions and their outputs are messages
   * here, instructions the first one.
   *
   * @throws UncountableException when it has no model, or its encoding is not there
   */
  public List<MessageTokens> responsesMessages(ObjectNode request) {
    CountedRequest counted = counted(request);
    new ResponsesCount(counted, request).count();
    return counted.tally().messages();
  }

  /**
   * Counts a request of the Embeddings API, whose input has no role and no framing: it counts as
   * the user's.
   *
   * @throws UncountableException when it has no model, or its encoding is not there
   */
  public ContextBreakdown countEmbeddings(ObjectNode request) {
    CountedRequest counted = counted(request);
    new EmbeddingsCount(counted).count(request.path("input"));
    return counted.breakdown();
  }

  /**
   * Tokens of a text as the model's output, without framing.
   *
   * @throws UncountableException when the encoding is not there
   */
  public int countText(String model, String text) {
    return new TextTokens(profiles.of(model).encoding(), cache).count(text);
  }

  /** Done when requests to a model can be counted without waiting; starts what it takes. */
  public CompletableFuture<?> ready(String model) {
    return Encodings.loading(profiles.of(model).encoding());
  }

  private CountedRequest counted(ObjectNode request) {
    JsonNode model = request.path("model");
    if (!model.isTextual()) {
      throw new UncountableException("the request names no model");
    }
    ModelProfile profile = profiles.of(model.asText());
    return new CountedRequest(
        profile,
        new TextTokens(profile.encoding(), cache),
        functions,
        new Tally(),
        windows.windowTokens(model.asText()).or(() -> windows.windowTokens(profile.family())));
  }
}
