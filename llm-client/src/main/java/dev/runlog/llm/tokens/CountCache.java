package dev.runlog.llm.tokens;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Remembers counts of texts, since a conversation repeats its prefix with each request. Bounded by
 * the characters it holds: when the younger half is full, it becomes the older one, and what nobody
 * asked for since then is forgotten. To find a text that is young changes nothing, which a list in
 * the order of use would not spare. Thread-safe.
 */
final class CountCache {

  /** Texts shorter than this are counted faster than they are looked up. */
  private static final int MIN_CHARS = 32;

  private static final int HASHED_CHARS = 4;

  /**
   * A text under its encoding. Comparing two texts is a hundred times faster than hashing one, so
   * that only some characters are hashed: those at both ends, and as many in between.
   */
  private record Key(EncodingName encoding, String text) {

    @Override
    public int hashCode() {
      int length = text.length();
      int ends = Math.min(HASHED_CHARS, length);
      int hash = 31 * encoding.hashCode() + length;
      for (int i = 0; i < ends; i++) {
        hash = 31 * hash + text.charAt(i);
        hash = 31 * hash + text.charAt(length - 1 - i);
        hash = 31 * hash + text.charAt((int) ((long) i * length / ends));
      }
      return hash;
    }
  }

  private final int maxCharsOfHalf;
  private Map<Key, Integer> younger = new HashMap<>();
  private Map<Key, Integer> older = Map.of();
  private long youngerChars;

  CountCache(int maxChars) {
    this.maxCharsOfHalf = maxChars / 2;
  }

  synchronized OptionalInt get(EncodingName encoding, String text) {
    if (text.length() < MIN_CHARS) {
      return OptionalInt.empty();
    }
    Key key = new Key(encoding, text);
    Integer count = younger.get(key);
    if (count == null) {
      count = older.get(key);
      if (count == null) {
        return OptionalInt.empty();
      }
      remember(key, count);
    }
    return OptionalInt.of(count);
  }

  synchronized void put(EncodingName encoding, String text, int count) {
    if (text.length() >= MIN_CHARS && text.length() <= maxCharsOfHalf) {
      remember(new Key(encoding, text), count);
    }
  }

  private void remember(Key key, Integer count) {
    if (youngerChars + key.text().length() > maxCharsOfHalf) {
      older = younger;
      younger = new HashMap<>();
      youngerChars = 0;
    }
    if (younger.put(key, count) == null) {
      youngerChars += key.text().length();
    }
  }
}
