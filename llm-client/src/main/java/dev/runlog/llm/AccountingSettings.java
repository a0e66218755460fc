package dev.runlog.llm;

import dev.runlog.events.pricing.PriceTable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads from the environment what is written of calls. */
final class AccountingSettings {

  private final List<String> problems = new ArrayList<>();

  private AccountingSettings() {}

  /**
   * @throws InvalidLlmSettingsException naming all that is wrong at once
   */
  static Accounting ofEnvironment(Map<String, String> environment) {
    AccountingSettings reader = new AccountingSettings();
    Accounting accounting =
        new Accounting(
            reader.prices(environment.getOrDefault("RUNLOG_PRICES", "").strip()),
            reader.capture(environment.getOrDefault("RUNLOG_CAPTURE", "").strip()),
            reader.patterns(environment.getOrDefault("RUNLOG_REDACT", "")));
    if (!reader.problems.isEmpty()) {
      throw new InvalidLlmSettingsException(reader.problems);
    }
    return accounting;
  }

  private PriceTable prices(String file) {
    PriceTable builtIn = PriceTable.builtIn();
    if (file.isEmpty()) {
      return builtIn;
    }
    try {
      return PriceTable.ofFile(Path.of(file)).over(builtIn);
    } catch (InvalidPathException | IOException e) {
      problems.add("RUNLOG_PRICES names " + file + ", which cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      problems.add("RUNLOG_PRICES names " + file + ", which is no table: " + e.getMessage());
    }
    return builtIn;
  }

  private Capture capture(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "none" -> Capture.NONE;
      case "redacted" -> Capture.REDACTED;
      case "full" -> Capture.FULL;
      default -> {
        problems.add("RUNLOG_CAPTURE is '" + name + "'; use none, redacted or full");
        yield Capture.NONE;
      }
    };
  }

  private List<Pattern> patterns(String lines) {
    List<Pattern> patterns = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      try {
        if (!line.isBlank()) {
          patterns.add(Pattern.compile(line.strip()));
        }
      } catch (PatternSyntaxException e) {
        problems.add("RUNLOG_REDACT holds no regular expression: " + e.getMessage());
      }
    }
    return patterns;
  }
}
