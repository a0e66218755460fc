package dev.runlog.benchmarks.llm;

import java.util.Random;
import java.util.StringJoiner;

/**
 * English words in an order of their own, so that no text was counted before, and here and there a
 * name or a number as conversations hold them, which take several tokens.
 */
public final class Texts {

  private static final String[] WORDS =
      ("the report shows that most orders arrived late because a bridge was closed for repair and"
              + " drivers had to take another road through several small towns where traffic moves"
              + " slowly customers were told by mail but many did not read it in time")
          .split(" ");

  private static final int NAME_EVERY = 10;

  private Texts() {}

  /**
   * A text.
   *
   * @param seed makes the text the same again
   * @param tokens about how long it is: most words are one
   */
  public static String of(long seed, int tokens) {
    Random random = new Random(seed);
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < tokens; i++) {
      String word = WORDS[random.nextInt(WORDS.length)];
      text.add(i % NAME_EVERY == 0 ? word + Integer.toString(random.nextInt(), 36) : word);
    }
    return text.toString();
  }
}
