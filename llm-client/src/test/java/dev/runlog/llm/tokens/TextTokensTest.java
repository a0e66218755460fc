package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TextTokensTest {

  private static final int LONG = TextTokens.BUDGET_CHARS - TextTokens.PIECE_CHARS;
  private static final String WORDS = "hello world ".repeat(LONG / 12);
  private static final String LETTERS = "x y z ".repeat(LONG / 6);

  @Test
  void takesALongTextThatItHasSeenFromItsCache() {
    int lettersAlone = request(cache()).count(LETTERS);
    CountCache shared = cache();
    int words = request(shared).count(WORDS);

    TextTokens next = request(shared);
    assertThat(next.count(WORDS)).isEqualTo(words);
    assertThat(next.count(LETTERS)).as("by the budget that is left").isEqualTo(lettersAlone);
    assertThat(next.isApproximate()).isTrue();
  }

  @Test
  void estimatesWhatIsBeyondTheBudget() {
    TextTokens request = request(cache());
    request.count(WORDS);
    assertThat(request.count(WORDS + "!")).isBetween(WORDS.length() / 7, WORDS.length() / 5);
    assertThat(request.isApproximate()).isTrue();
  }

  private static TextTokens request(CountCache cache) {
    return new TextTokens(EncodingName.O200K_BASE, cache);
  }

  private static CountCache cache() {
    return new CountCache(8_000_000);
  }
}
