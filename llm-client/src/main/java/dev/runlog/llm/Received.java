package dev.runlog.llm;

import dev.runlog.llm.tokens.ContextCounter;
import dev.runlog.llm.tokens.UncountableException;
import java.util.Optional;

/**
 * What had arrived of a streamed answer when it broke off.
 *
 * @param chars characters of text, reasoning and arguments
 * @param tokens the same in tokens, absent when they could not be counted
 */
record Received(long chars, Optional<Long> tokens) {

  static Received of(String text, String model, ContextCounter counter) {
    if (!counter.ready(model).isDone()) {
      return new Received(text.length(), Optional.empty());
    }
    try {
      int tokens = counter.countText(model, text);
      return new Received(text.length(), Optional.of((long) tokens));
    } catch (UncountableException e) {
      return new Received(text.length(), Optional.empty());
    }
  }
}
