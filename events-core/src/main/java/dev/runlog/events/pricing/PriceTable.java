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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** What a table says. */
  private record Entries(List<ModelPrice> prices, Optional<BigDecimal> batchFactor) {}

  /** Read when a price is first wanted: a process that starts has no time for it. */
  private static final class BuiltIn {
    private static final Entries ENTRIES = readBuiltIn().entries.get();
  }

  private final Supplier<Entries> entries;

  PriceTable(List<ModelPrice> prices, Optional<BigDecimal> batchFactor) {
    Entries given =
        new Entries(prices.stream().sorted(PriceTable::newestFirst).toList(), batchFactor);
    this.entries = () -> given;
  }

  private PriceTable(Supplier<Entries> entries) {
    this.entries = entries;
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

  /** This table for the models that it names, the other one for the rest. */
  public PriceTable over(PriceTable other) {
    Entries own = entries.get();
    Entries others = other.entries.get();
    Set<String> named = new HashSet<>();
    own.prices.forEach(price -> named.add(price.model()));
    Stream<ModelPrice> rest =
        others.prices.stream().filter(price -> !named.contains(price.model()));
    return new PriceTable(
        Stream.concat(own.prices.stream(), rest).toList(),
        own.batchFactor.or(() -> others.batchFactor));
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
    return find(model, time)
        .flatMap(price -> price.cost(tokens))
        .flatMap(cost -> factor(serviceTier.orElse("")).map(cost::multiply))
        .map(BigDecimal::stripTrailingZeros)
        .map(cost -> cost.scale() < 0 ? cost.setScale(0) : cost);
  }

  /** Size of a model's context window in tokens, absent when it is not known. */
  public Optional<Long> windowTokens(String model) {
    return find(model, Instant.MAX).flatMap(ModelPrice::window);
  }

  private Optional<BigDecimal> factor(String serviceTier) {
    return switch (serviceTier) {
      case "", "default", "auto", "standard" -> Optional.of(BigDecimal.ONE);
      case "batch", "flex" -> entries.get().batchFactor;
      default -> Optional.empty();
    };
  }

  private Optional<ModelPrice> find(String model, Instant time) {
    return named(model, time).or(() -> named(DATE.matcher(model).replaceFirst(""), time));
  }

  private Optional<ModelPrice> named(String model, Instant time) {
    return entries.get().prices.stream()
        .filter(price -> price.model().equals(model) && price.holdsAt(time))
        .findFirst();
  }

  /** The newest first: the first that holds at a time is the one. */
  private static int newestFirst(ModelPrice one, ModelPrice other) {
    return since(other).compareTo(since(one));
  }

  private static LocalDate since(ModelPrice price) {
    return price.from().orElse(LocalDate.MIN);
  }
}
