package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.llm.openai.Abbreviated;
import java.util.List;
import java.util.Optional;

/** One request while it is counted. Not thread-safe. */
record CountedRequest(
    ModelProfile profile,
    TextTokens texts,
    FunctionCache functions,
    Tally tally,
    Optional<Long> windowTokens) {

  CountedRequest {
    profile.doubt().ifPresent(tally::doubt);
  }

  int tokens(String text) {
    return texts.count(text);
  }

  boolean isClassic() {
    return profile.generation().isClassic();
  }

  void doubt(String reason) {
    tally.doubt(reason);
  }

  /** Doubts a part that only the server can count. */
  void doubtPart(String kind, String type) {
    tally.doubt(kind + " of type " + Abbreviated.of(type) + " cannot be counted from outside");
  }

  /**
   * The functions as the model reads them. What each costs by itself is noted; what they share is
   * in their sum alone.
   */
  RenderedFunctions rendered(List<JsonNode> offered) {
    RenderedFunctions rendered = functions.of(offered);
    if (rendered.areUncertain()) {
      tally.doubt("a tool has parameters whose rendering is not known to the token");
    }
    for (RenderedFunctions.Signature signature : rendered.signatures()) {
      tally.addTool(Abbreviated.of(signature.name()), tokens(signature.text()));
    }
    return rendered;
  }

  ContextBreakdown breakdown() {
    if (texts.isApproximate()) {
      tally.doubt("a text is longer than " + TextTokens.PIECE_CHARS + " characters");
    }
    return tally.breakdown(windowTokens);
  }
}
