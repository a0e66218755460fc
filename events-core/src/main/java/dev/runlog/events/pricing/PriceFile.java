package dev.runlog.events.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a table of prices; anything that could be a misspelt price is an error. */
final class PriceFile {

  private PriceFile() {}

  /**
   * @throws IllegalArgumentException naming the entry that cannot be read
   */
  static PriceTable read(String text) {
    ObjectNode file = Json.readObject(text);
    List<ModelPrice> prices = new ArrayList<>();
    if (!file.path("prices").isArray()) {
      throw new IllegalArgumentException("the list \"prices\" is missing");
    }
    for (JsonNode entry : file.path("prices")) {
      try {
        prices.add(price(entry));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new IllegalArgumentException(
            "price "
                + (prices.size() + 1)
                + " ("
                + entry.path("model").asText("?")
                + "): "
                + e.getMessage(),
            e);
      }
    }
    return new PriceTable(prices, number(file, "batch_factor"));
  }

  private static ModelPrice price(JsonNode entry) {
    String model = entry.path("model").asText("");
    if (model.isBlank()) {
      throw new IllegalArgumentException("\"model\" is missing");
    }
    JsonNode longContext = entry.path("long_context");
    return new ModelPrice(
        model,
        Optional.of(entry.path("from").asText(""))
            .filter(day -> !day.isEmpty())
            .map(LocalDate::parse),
        number(entry, "window").map(BigDecimal::longValue),
        rates(entry),
        number(longContext, "above").map(BigDecimal::longValue).orElse(Long.MAX_VALUE),
        longContext.isObject() ? Optional.of(rates(longContext)) : Optional.empty());
  }

  private static Rates rates(JsonNode entry) {
    return new Rates(
        number(entry, "input"),
        number(entry, "cached_input"),
        number(entry, "cache_write"),
        number(entry, "output"));
  }

  private static Optional<BigDecimal> number(JsonNode entry, String name) {
    JsonNode value = entry.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber() || value.decimalValue().signum() < 0) {
      throw new IllegalArgumentException("\"" + name + "\" is no number from 0 up");
    }
    return Optional.of(value.decimalValue());
  }
}
