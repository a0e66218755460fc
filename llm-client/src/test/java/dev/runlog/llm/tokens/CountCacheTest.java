package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountCacheTest {

  private static final int CHARS = 100;

  /** Room for ten texts in each half. */
  private final CountCache cache = new CountCache(20 * CHARS);

  @Test
  void remembersATextUnderItsEncoding() {
    put(1);
    assertThat(cache.get(EncodingName.O200K_BASE, text(1))).hasValue(1);
    assertThat(cache.get(EncodingName.CL100K_BASE, text(1))).isEmpty();
    assertThat(cache.get(EncodingName.O200K_BASE, text(2))).isEmpty();
  }

  @Test
  void tellsTextsApartThatDifferInOneCharacter() {
    for (int i = 0; i < CHARS; i++) {
      StringBuilder other = new StringBuilder(text(1));
      other.setCharAt(i, '!');
      put(1);
      assertThat(cache.get(EncodingName.O200K_BASE, other.toString())).as("at %d", i).isEmpty();
    }
  }

  @Test
  void forgetsWhatNobodyAskedFor() {
    put(0);
    for (int i = 1; i <= 30; i++) {
      put(i);
      assertThat(cache.get(EncodingName.O200K_BASE, text(1))).as("asked for").hasValue(1);
    }
    assertThat(cache.get(EncodingName.O200K_BASE, text(0))).isEmpty();
    assertThat(cache.get(EncodingName.O200K_BASE, text(30))).hasValue(30);
  }

  @Test
  void holdsNoMoreThanItMay() {
    for (int i = 0; i < 1000; i++) {
      put(i);
    }
    long held = 0;
    for (int i = 0; i < 1000; i++) {
      held += cache.get(EncodingName.O200K_BASE, text(i)).isPresent() ? 1 : 0;
    }
    assertThat(held).isBetween(10L, 20L);
  }

  @Test
  void doesNotTakeATextThatFillsHalfOfIt() {
    String large = "x".repeat(10 * CHARS + 1);
    cache.put(EncodingName.O200K_BASE, large, 1);
    assertThat(cache.get(EncodingName.O200K_BASE, large)).isEmpty();
  }

  private void put(int number) {
    cache.put(EncodingName.O200K_BASE, text(number), number);
  }

  private static String text(int number) {
    return String.format("%0" + CHARS + "d", number);
  }
}
