package dev.runlog.llm.tokens;

import com.knuddels.jtokkit.api.Encoding;
import dev.runlog.llm.openai.WellFormedText;
import java.util.OptionalInt;

/**
 * Counts the texts of one request within a budget, so that no request waits long for its count.
 * Special tokens are plain text and lone surrogates count as U+FFFD, as they are sent. Not
 * thread-safe; the cache may be shared.
 */
final class TextTokens {

  /** A longer text is counted piece by piece; a token across a cut is counted twice. */
  static final int PIECE_CHARS = 200_000;

  /** What is counted at all; the rest is estimated. About a second of work at worst. */
  static final int BUDGET_CHARS = 2_000_000;

  /** Where no text was counted yet: what English takes. */
  private static final double USUAL_CHARS_PER_TOKEN = 4;

  private final EncodingName name;
  private final Encoding encoding;
  private final CountCache cache;
  private int budgetChars = BUDGET_CHARS;
  private long countedChars;
  private long countedTokens;
  private boolean approximate;

  TextTokens(EncodingName name, CountCache cache) {
    this.name = name;
    this.encoding = Encodings.get(name);
    this.cache = cache;
  }

  /** Tokens of the text. */
  int count(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    OptionalInt known = cache.get(name, text);
    return known.isPresent() ? known.getAsInt() : countNew(WellFormedText.of(text), text);
  }

  /** Whether a text was too long to be counted in one piece. */
  boolean isApproximate() {
    return approximate;
  }

  private int countNew(String wellFormed, String asGiven) {
    if (wellFormed.length() <= PIECE_CHARS && wellFormed.length() <= budgetChars) {
      int tokens = countPiece(wellFormed);
      cache.put(name, asGiven, tokens);
      return tokens;
    }
    approximate = true;
    return countLong(wellFormed);
  }

  /** The pieces are the same each time, so that those of a document seen before are known. */
  private int countLong(String text) {
    long tokens = 0;
    int from = 0;
    while (from < text.length()) {
      String piece = text.substring(from, endOfPiece(text, from, PIECE_CHARS));
      OptionalInt known = cache.get(name, piece);
      if (known.isEmpty() && piece.length() > budgetChars) {
        break;
      }
      tokens += known.isPresent() ? known.getAsInt() : countAndRemember(piece);
      from += piece.length();
    }
    return (int) Math.min(Integer.MAX_VALUE, tokens + estimate(text.length() - from));
  }

  private int countAndRemember(String piece) {
    int tokens = countPiece(piece);
    cache.put(name, piece, tokens);
    return tokens;
  }

  private int countPiece(String piece) {
    int tokens = encoding.countTokensOrdinary(piece);
    budgetChars -= piece.length();
    countedChars += piece.length();
    countedTokens += tokens;
    return tokens;
  }

  private long estimate(int chars) {
    double charsPerToken =
        countedTokens == 0 ? USUAL_CHARS_PER_TOKEN : (double) countedChars / countedTokens;
    return Math.round(chars / charsPerToken);
  }

  /** The end of a piece: before a blank where one is near, never inside a surrogate pair. */
  private static int endOfPiece(String text, int from, int maxChars) {
    int end = Math.min(text.length(), from + maxChars);
    if (end == text.length()) {
      return end;
    }
    for (int i = end; i > Math.max(from, end - 1_000); i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(end)) && end - 1 > from ? end - 1 : end;
  }
}
