package dev.runlog.events.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceTableTest {

  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final BilledTokens MILLION = new BilledTokens(1_000_000, 0, 0, 1_000_000);

  private final PriceTable prices = PriceTable.builtIn();

  @Test
  void addsInputCachedInputAndOutput() {
    assertThat(cost("gpt-4o-2024-08-06", new BilledTokens(1_000, 400, 0, 100)))
        .contains(new BigDecimal("0.003"));
  }

  @Test
  void findsAModelByItsNameWithoutADate() {
    assertThat(cost("gpt-5-nano-2025-08-07", MILLION)).contains(new BigDecimal("0.45"));
    assertThat(cost("gpt-4o-2024-05-13", MILLION)).contains(new BigDecimal("20"));
  }

  @Test
  void knowsNoPriceWhereItWouldHaveToGuess() {
    assertThat(cost("llama-9", MILLION)).isEmpty();
    assertThat(cost("openai/gpt-4o", MILLION)).isEmpty();
    assertThat(cost("gpt-4-turbo", new BilledTokens(10, 5, 0, 1))).isEmpty();
    assertThat(prices.cost("gpt-4o", MILLION, Optional.of("priority"), NOW)).isEmpty();
  }

  @Test
  void takesTheLongContextPriceForTheWholeCall() {
    assertThat(cost("gpt-5.4", new BilledTokens(272_000, 0, 0, 0)))
        .contains(new BigDecimal("0.68"));
    assertThat(cost("gpt-5.4", new BilledTokens(300_000, 0, 0, 0))).contains(new BigDecimal("1.5"));
  }

  @Test
  void halvesWhatIsBatched() {
    assertThat(prices.cost("gpt-4o", MILLION, Optional.of("batch"), NOW))
        .contains(new BigDecimal("6.25"));
  }

  @Test
  void keepsThePriceOfItsDayForAnOldCall() {
    Instant old = Instant.parse("2025-06-09T23:59:59Z");
    assertThat(prices.cost("o3", MILLION, Optional.empty(), old)).contains(new BigDecimal("50"));
    assertThat(cost("o3", MILLION)).contains(new BigDecimal("10"));
  }

  @Test
  void pricesWhatIsWrittenToACache() {
    assertThat(cost("gpt-5.6-luna", new BilledTokens(1_000, 0, 1_000, 0)))
        .contains(new BigDecimal("0.00125"));
  }

  @Test
  void laysATableOfTheUsersOverItself() {
    PriceTable own =
        PriceFile.read("{\"prices\":[{\"model\":\"o3\",\"input\":1,\"output\":2,\"window\":7}]}");
    PriceTable both = own.over(prices);
    assertThat(both.cost("o3", MILLION, Optional.empty(), NOW)).contains(new BigDecimal("3"));
    assertThat(both.windowTokens("o3")).contains(7L);
    assertThat(both.cost("gpt-4o", MILLION, Optional.of("flex"), NOW))
        .contains(new BigDecimal("6.25"));
  }

  @Test
  void takesTheUsersPriceForADatedModelThatTheTableBelowNames() {
    PriceTable both = over("{\"model\":\"gpt-4o\",\"input\":1,\"output\":2}");
    for (String model : List.of("gpt-4o", "gpt-4o-2024-08-06", "gpt-4o-2024-05-13")) {
      assertThat(both.cost(model, MILLION, Optional.empty(), NOW))
          .as(model)
          .contains(new BigDecimal("3"));
    }
    assertThat(both.cost("gpt-4o-mini", MILLION, Optional.empty(), NOW))
        .isEqualTo(cost("gpt-4o-mini", MILLION));
  }

  @Test
  void keepsTheWindowOfAModelWhosePriceAloneIsTheUsers() {
    PriceTable both = over("{\"model\":\"gpt-4o\",\"input\":1,\"output\":2}");
    assertThat(both.windowTokens("gpt-4o-2024-08-06")).contains(128_000L);
  }

  @Test
  void keepsThePriceOfAModelWhoseWindowAloneIsTheUsers() {
    PriceTable both = over("{\"model\":\"gpt-4o\",\"window\":9}");
    assertThat(both.windowTokens("gpt-4o-2024-08-06")).contains(9L);
    assertThat(both.cost("gpt-4o", MILLION, Optional.empty(), NOW))
        .isEqualTo(cost("gpt-4o", MILLION));
  }

  @Test
  void keepsThePriceUntilTheDayOfTheUsersOwn() {
    PriceTable both = over("{\"model\":\"o3\",\"from\":\"2027-01-01\",\"input\":1,\"output\":2}");
    assertThat(both.cost("o3", MILLION, Optional.empty(), NOW)).contains(new BigDecimal("10"));
    assertThat(both.cost("o3", MILLION, Optional.empty(), Instant.parse("2027-01-01T00:00:00Z")))
        .contains(new BigDecimal("3"));
  }

  @Test
  void namesThePriceThatCannotBeRead() {
    assertThatThrownBy(
            () ->
                PriceFile.read(
                    "{\"prices\":[{\"model\":\"a\"},{\"model\":\"b\",\"input\":\"1\"}]}"))
        .hasMessageContaining("price 2 (b)")
        .hasMessageContaining("\"input\"");
    assertThatThrownBy(() -> PriceFile.read("{\"prices\":[{\"model\":\"a\",\"from\":\"May\"}]}"))
        .hasMessageContaining("price 1 (a)");
    assertThatThrownBy(() -> PriceFile.read("{}")).hasMessageContaining("\"prices\" is missing");
  }

  @Test
  void knowsContextWindows() {
    assertThat(prices.windowTokens("gpt-4.1-mini-2025-04-14")).contains(1_047_576L);
    assertThat(prices.windowTokens("llama-9")).isEmpty();
  }

  private PriceTable over(String entry) {
    return PriceFile.read("{\"prices\":[" + entry + "]}").over(prices);
  }

  private Optional<BigDecimal> cost(String model, BilledTokens tokens) {
    return prices.cost(model, tokens, Optional.empty(), NOW);
  }
}
