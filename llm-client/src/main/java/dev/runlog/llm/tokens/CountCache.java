package dev.runlog.llm.tokens;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Remembers counts of texts, since a conversation repeats its prefix with each request. Bounded by
 * the characters it holds; the least recently used go first. Thread-safe.
 */
final class CountCache {

  /** Texts shorter than this are counted faster than they are looked up. */
  private static final int MIN_CHARS = 32;

  private static final int HASHED_CHARS = 8;

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

  private final int maxChars;
  private final Map<Key, Integer> counts = new LinkedHashMap<>(64, 0.75f, true);
  private long chars;

  CountCache(int maxChars) {
    this.maxChars = maxChars;
  }

  synchronized OptionalInt get(EncodingName encoding, String text) {
    if (text.length() < MIN_CHARS) {
      return OptionalInt.empty();
    }
    Integer count = counts.get(new Key(encoding, text));
    return count == null ? OptionalInt.empty() : OptionalInt.of(count);
  }

  synchronized void put(EncodingName encoding, String text, int count) {
    if (text.length() < MIN_CHARS || text.length() > maxChars) {
      return;
    }
    if (counts.put(new Key(encoding, text), count) == null) {
      chars += text.length();
      evict();
    }
  }

  private void evict() {
    var eldest = counts.keySet().iterator();
    while (chars > maxChars && eldest.hasNext()) {
      chars -= eldest.next().text().length();
      eldest.remove();
    }
  }
}
