package dev.runlog.console.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What somebody wants to know of the calls: one of three. */
final class StatsQuestion {

  @Option(
      names = "--by",
      paramLabel = "model|role|instance|run",
      description = "What one line stands for; model by default.")
  private Optional<Grouping> by = Optional.empty();

  @Option(
      names = "--accuracy",
      description = "How exactly contexts were counted before their calls, by model.")
  private boolean accuracy;

  @Option(
      names = "--reprice",
      paramLabel = "FILE",
      description =
          "What the calls would have cost under the prices of a file, by model; models that the"
              + " file does not name keep the built-in price.")
  private Optional<String> priceFile = Optional.empty();

  /** Whether sums do not tell: each call has to be read. */
  boolean isOfSingleCalls() {
    return accuracy || priceFile.isPresent();
  }

  Grouping by() {
    return by.orElse(Grouping.MODEL);
  }

  /** The file of the prices to apply; empty when the question is another. */
  Optional<String> priceFile() {
    return priceFile;
  }
}
