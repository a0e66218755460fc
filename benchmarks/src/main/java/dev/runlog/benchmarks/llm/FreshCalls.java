package dev.runlog.benchmarks.llm;

import dev.runlog.events.db.Durability;
import dev.runlog.llm.tokens.ContextCounter;
import java.io.IOException;

/**
 * A process of {@link LoadingCost}: prints the milliseconds of a plain and of an accounted call on
 * each line.
 */
public final class FreshCalls {

  static final String LOADING = "loading";
  static final String FIRST = "first";

  /** Its encoding is another one than that of the calls that warm up. */
  private static final String MODEL_NOT_LOADED = "gpt-4";

  private static final int WARM_UP = 200;

  private FreshCalls() {}

  public static void main(String[] args) throws IOException {
    try (LateServer server = new LateServer();
        TwoWays ways = new TwoWays(server, Durability.PROCESS)) {
      if (args[0].equals(FIRST)) {
        printPair(ways, TwoWays.MODEL);
      } else {
        ways.warmUp(WARM_UP);
        printPairsWhileLoading(ways);
      }
    }
  }

  private static void printPairsWhileLoading(TwoWays ways) throws IOException {
    boolean isLoaded;
    do {
      printPair(ways, MODEL_NOT_LOADED);
      isLoaded = new ContextCounter().ready(MODEL_NOT_LOADED).isDone();
    } while (!isLoaded);
  }

  private static void printPair(TwoWays ways, String model) throws IOException {
    System.out.println(ways.plainMillis(model) + " " + ways.accountedMillis(model));
  }
}
