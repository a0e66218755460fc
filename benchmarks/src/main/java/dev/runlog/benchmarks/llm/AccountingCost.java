package dev.runlog.benchmarks.llm;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.llm.ChatRequest;
import dev.runlog.llm.LlmClient;
import dev.runlog.llm.LlmSettings;
import dev.runlog.llm.tokens.ContextCounter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An accounted call with a context of 2,000 tokens, each another one, against a plain OkHttp call
 * to the same loopback server, in turns: first while the encoding is still loading, then loaded.
 * After that, what counting a growing conversation takes.
 */
public final class AccountingCost {

  private static final String MODEL = "gpt-5-mini";
  private static final int CONTEXT_TOKENS = 2_000;
  private static final int WARM_UP = 50;
  private static final int PAIRS = 100;
  private static final double TARGET = 1.02;

  private final OkHttpClient plain = new OkHttpClient();
  private int calls;

  /** Prints the ratios with their targets. */
  public void run(PrintStream out) throws IOException {
    try (LateServer server = new LateServer()) {
      for (int i = 0; i < WARM_UP; i++) {
        plainCall(server);
      }
      for (Durability durability : Durability.values()) {
        measure(out, server, durability);
      }
    } finally {
      plain.dispatcher().executorService().shutdown();
      plain.connectionPool().evictAll();
    }
    new ConversationCost().run(out);
  }

  private void measure(PrintStream out, LateServer server, Durability durability)
      throws IOException {
    Path file = Files.createTempDirectory("runlog-bench").resolve("runlog.db");
    try (Database database = Database.open(new DatabaseSettings(file.toString(), durability))) {
      EventLog log = new EventLog(database, InstantSource.system());
      Emitter emitter =
          log.start(
              Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
      LlmSettings settings = LlmSettings.of(server.url(), Optional.empty(), MODEL);
      try (LlmClient client = new LlmClient(settings, log.appenderFor(emitter))) {
        out.println(
            "accounted call with %d tokens of context against a plain call, server answers after %d ms, log on SQLite, durability %s"
                .formatted(CONTEXT_TOKENS, LateServer.DELAY_MILLIS, durability.wireName()));
        measure(out, server, client);
      }
    }
  }

  private void measure(PrintStream out, LateServer server, LlmClient client) throws IOException {
    BooleanSupplier isLoaded = new ContextCounter().ready(MODEL)::isDone;
    Pairs loading = new Pairs();
    while (!isLoaded.getAsBoolean()) {
      addPair(loading, server, client);
    }
    print(out, "while the encoding loads", loading);
    for (int i = 0; i < WARM_UP; i++) {
      client.chat(request(), Optional.empty());
    }
    Pairs loaded = new Pairs();
    for (int i = 0; i < PAIRS; i++) {
      addPair(loaded, server, client);
    }
    print(out, "encoding loaded", loaded);
  }

  private static final class Pairs {
    final List<Double> plain = new ArrayList<>();
    final List<Double> accounted = new ArrayList<>();
  }

  private void addPair(Pairs pairs, LateServer server, LlmClient client) throws IOException {
    long start = System.nanoTime();
    plainCall(server);
    long between = System.nanoTime();
    client.chat(request(), Optional.empty());
    pairs.plain.add((between - start) / 1e6);
    pairs.accounted.add((System.nanoTime() - between) / 1e6);
  }

  private static void print(PrintStream out, String when, Pairs pairs) {
    if (pairs.plain.isEmpty()) {
      out.println("  " + when + ": it was loaded before");
      return;
    }
    double plain = Medians.of(pairs.plain);
    double accounted = Medians.of(pairs.accounted);
    out.printf(
        "  %s: %.1f ms against %.1f ms, ratio %.3f (target at most %.2f), medians of %d%n",
        when, accounted, plain, accounted / plain, TARGET, pairs.plain.size());
  }

  private void plainCall(LateServer server) throws IOException {
    Request request =
        new Request.Builder()
            .url(server.url() + "/chat/completions")
            .post(
                RequestBody.create(request().json().toString(), MediaType.get("application/json")))
            .build();
    try (Response response = plain.newCall(request).execute()) {
      response.body().string();
    }
  }

  private ChatRequest request() {
    calls++;
    return ChatRequest.ofPrompt(MODEL, Texts.of(calls, CONTEXT_TOKENS));
  }
}
