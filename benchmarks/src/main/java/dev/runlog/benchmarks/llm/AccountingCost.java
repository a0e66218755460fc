package dev.runlog.benchmarks.llm;

import dev.runlog.events.db.Durability;
import java.io.IOException;
import java.io.PrintStream;

/**
 * An accounted call with a context of 2,000 tokens, each another one, against a plain OkHttp call
 * to the same loopback server, in turns: with the encoding loaded, while it loads, and as the first
 * call of a process. After that, what counting a growing conversation takes.
 */
public final class AccountingCost {

  static final String TARGET = "target at most 1.02";

  private static final int WARM_UP = 400;
  private static final int PAIRS = 100;

  /** Prints the ratios with their targets. */
  public void run(PrintStream out) throws IOException, InterruptedException {
    out.printf(
        "accounted call with %,d tokens of context against a plain call, server answers after %d ms,"
            + " log on SQLite%n",
        TwoWays.CONTEXT_TOKENS, LateServer.DELAY_MILLIS);
    for (Durability durability : Durability.values()) {
      measureLoaded(out, durability);
    }
    new LoadingCost().run(out);
    new ConversationCost().run(out);
  }

  private static void measureLoaded(PrintStream out, Durability durability) throws IOException {
    Pairs pairs = new Pairs();
    try (LateServer server = new LateServer();
        TwoWays ways = new TwoWays(server, durability)) {
      ways.warmUp(WARM_UP);
      for (int i = 0; i < PAIRS; i++) {
        pairs.add(ways.plainMillis(TwoWays.MODEL), ways.accountedMillis(TwoWays.MODEL));
      }
    }
    pairs.print(out, "encoding loaded, durability " + durability.wireName(), TARGET);
  }
}
