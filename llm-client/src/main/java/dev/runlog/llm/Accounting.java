package dev.runlog.llm;

import dev.runlog.events.pricing.PriceTable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is written of calls beside their figures.
 *
 * @param prices what tokens cost
 * @param capture how much of requests and answers is kept
 * @param secrets patterns of the user's own that are taken out of whatever is logged
 */
public record Accounting(PriceTable prices, Capture capture, List<Pattern> secrets) {

  public Accounting {
    secrets = List.copyOf(secrets);
  }

  /** Built-in prices, no contents. */
  public static Accounting ofDefaults() {
    return new Accounting(PriceTable.builtIn(), Capture.NONE, List.of());
  }
}
