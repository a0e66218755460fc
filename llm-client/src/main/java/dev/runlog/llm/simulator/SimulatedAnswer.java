package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * What the simulated model says: sentences that follow from the request alone, cut to the tokens
 * that it allows.
 *
 * @param text the answer
 * @param tokens of the text
 * @param finishReason {@code stop}, {@code length} when the text was cut, {@code tool_calls} where
 *     the request wants a call
 * @param calledFunction the function that is called instead of saying anything
 */
record SimulatedAnswer(
    String text, int tokens, String finishReason, Optional<String> calledFunction) {

  /** What each call of a function passes. */
  static final String ARGUMENTS = "{}";

  private static final int QUOTED_CHARS = 160;

  private static final List<String> OPENINGS =
      List.of(
          "You asked: “%s”.",
          "Your question was “%s”.",
          "As I understand it, this is about “%s”.",
          "Let us look at “%s”.");

  private static final List<String> THOUGHTS =
      List.of(
          "The short answer is that it depends on what you want to measure.",
          "The most important point is to start with a small example.",
          "Three things matter here: the input, the limits and the result.",
          "It helps to write down what is known before guessing at the rest.",
          "In most cases the simple way is also the one that lasts.",
          "A second look at the figures will tell whether it worked.",
          "Where two rules disagree, the one that is easier to read wins.",
          "Nothing in this speaks against trying it today.");

  private static final String ENDING = "This answer comes from the simulator, not from a model.";

  static SimulatedAnswer to(ObjectNode request, ContextCounter counter) {
    String model = request.path("model").asText();
    Optional<String> function = wantedFunction(request);
    if (function.isPresent()) {
      int tokens = counter.countText(model, function.get()) + counter.countText(model, ARGUMENTS);
      return new SimulatedAnswer("", tokens, "tool_calls", function);
    }
    String text = text(request);
    int tokens = counter.countText(model, text);
    int allowed = allowedTokens(request);
    return tokens <= allowed
        ? new SimulatedAnswer(text, tokens, "stop", Optional.empty())
        : cut(text, allowed, model, counter);
  }

  /** A named function, or the first one where any call is required. */
  private static Optional<String> wantedFunction(ObjectNode request) {
    JsonNode choice = request.path("tool_choice");
    JsonNode first = request.path("tools").path(0);
    String named = choice.path("function").path("name").asText(choice.path("name").asText(""));
    String any = first.path("function").path("name").asText(first.path("name").asText(""));
    String wanted = choice.asText("").equals("required") ? any : named;
    return Optional.of(wanted).filter(name -> !name.isEmpty());
  }

  private static String text(ObjectNode request) {
    SplittableRandom random = new SplittableRandom(request.path("messages").toString().hashCode());
    StringJoiner text = new StringJoiner(" ");
    text.add(pick(OPENINGS, random).formatted(quoted(lastText(request.path("messages")))));
    for (int sentences = 1 + random.nextInt(3); sentences > 0; sentences--) {
      text.add(pick(THOUGHTS, random));
    }
    return text.add(ENDING).toString();
  }

  private static String pick(List<String> sentences, SplittableRandom random) {
    return sentences.get(random.nextInt(sentences.size()));
  }

  private static String lastText(JsonNode messages) {
    JsonNode content = messages.path(messages.size() - 1).path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    StringJoiner text = new StringJoiner(" ");
    content.findValuesAsText("text").forEach(text::add);
    return text.toString();
  }

  private static String quoted(String prompt) {
    String line = prompt.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= QUOTED_CHARS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, QUOTED_CHARS)) + "…";
  }

  private static int allowedTokens(ObjectNode request) {
    int allowed =
        request
            .path("max_completion_tokens")
            .asInt(request.path("max_tokens").asInt(request.path("max_output_tokens").asInt(0)));
    return allowed <= 0 ? Integer.MAX_VALUE : allowed;
  }

  /** The longest beginning, by whole words, that fits. */
  private static SimulatedAnswer cut(
      String text, int allowed, String model, ContextCounter counter) {
    String start = text;
    int tokens = Integer.MAX_VALUE;
    while (tokens > allowed && !start.isEmpty()) {
      start = start.substring(0, Math.max(0, start.lastIndexOf(' ')));
      tokens = counter.countText(model, start);
    }
    return new SimulatedAnswer(start, tokens, "length", Optional.empty());
  }
}
