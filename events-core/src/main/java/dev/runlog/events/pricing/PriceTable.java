package dev.runlog.events.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prices and context windows by model, each from a day on, so that an old call keeps the price of
 * its day. A model is found by its whole name, else by its name without an ISO date; nothing else
 * is guessed. Immutable.
 *
 * <p>A table is a JSON file: {@code {"prices": [{"model", "from": "2025-06-10", "window", "input",
 * "cached_input", "cache_write", "output", "long_context": {"above", "input", …}}], "batch_factor":
 * 0.5}}, in US dollars per million tokens.
 */
public final class PriceTable {

  private static final String BUILT_IN = "prices.json";
  private static final Pattern DATE = Pattern.compile("-\\d{4}-\\d{2}-\\d{2}$");

  /** What one table says, the newest prices first. */
  private record Entries(List<ModelPrice> prices, Optional<BigDecimal> batchFactor) {

    /** By the whole name, else by the name without a date. */
    Optional<ModelPrice> find(String model, Predicate<ModelPrice> which) {
      return named(model, which).or(() -> named(DATE.matcher(model).replaceFirst(""), which));
    }

    private Optional<ModelPrice> named(String model, Predicate<ModelPrice> which) {
      return prices.stream()
          .filter(price -> price.model().equals(model) && which.test(price))
          .findFirst();
    }
  }

  /** Read when a price is first wanted: a process that starts has no time for it. */
  private static final class BuiltIn {
    private static final List<Entries> ENTRIES = readBuiltIn().layers.get();
  }

  /** The table that goes first, then those that it was laid over. */
  private final Supplier<List<Entries>> layers;

  PriceTable(List<ModelPrice> prices, Optional<BigDecimal> batchFactor) {
    Entries given =
        new Entries(prices.stream().sorted(PriceTable::newestFirst).toList(), batchFactor);
    this.layers = () -> List.of(given);
  }

  private PriceTable(Supplier<List<Entries>> layers) {
    this.layers = layers;
  }

  /** The prices that came with this version: OpenAI's, as the table itself says of when. */
  public static PriceTable builtIn() {
    return new PriceTable(() -> BuiltIn.ENTRIES);
  }

  private static PriceTable readBuiltIn() {
    try (InputStream file = PriceTable.class.getResourceAsStream(BUILT_IN)) {
      if (file == null) {
        throw new IllegalStateException(BUILT_IN + " is missing from the jar");
      }
      return PriceFile.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A table of the user's own.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException naming the entry that cannot be read
   */
  public static PriceTable ofFile(Path file) throws IOException {
    return PriceFile.read(Files.readString(file));
  }

  /**
   * This table where it says something, the other one for the rest. What this one says of a model
   * without a date goes before what the other one says of the same model of a day.
   */
  public PriceTable over(PriceTable other) {
    return new PriceTable(
        () -> Stream.concat(layers.get().stream(), other.layers.get().stream()).toList());
  }

  /**
   * What a call cost, in US dollars.
   *
   * @param model as answered
   * @param serviceTier as answered; batch and flex have their factor, any other but the default has
   *     no known price
   * @param time of the call
   * @return absent when the price is not known
   */
  public Optional<BigDecimal> cost(
      String model, BilledTokens tokens, Optional<String> serviceTier, Instant time) {
    return find(model, price -> price.holdsAt(time) && price.hasRates())
        .flatMap(price -> price.cost(tokens))
        .flatMap(cost -> factor(serviceTier.orElse("")).map(cost::multiply))
        .map(BigDecimal::stripTrailingZeros)
        .map(cost -> cost.scale() < 0 ? cost.setScale(0) : cost);
  }

  /** Size of a model's context window in tokens, absent when it is not known. */
  public Optional<Long> windowTokens(String model) {
    return find(model, price -> price.window().isPresent()).flatMap(ModelPrice::window);
  }

  private Optional<BigDecimal> factor(String serviceTier) {
    return switch (serviceTier) {
      case "", "default", "auto", "standard" -> Optional.of(BigDecimal.ONE);
      case "batch", "flex" ->
          layers.get().stream().flatMap(table -> table.batchFactor.stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private Optional<ModelPrice> find(String model, Predicate<ModelPrice> which) {
    return layers.get().stream().flatMap(table -> table.find(model, which).stream()).findFirst();
  }

  /** The newest first: the first that holds at a time is the one. */
  private static int newestFirst(ModelPrice one, ModelPrice other) {
    return since(other).compareTo(since(one));
  }

  private static LocalDate since(ModelPrice price) {
    return price.from().orElse(LocalDate.MIN);
  }
}
