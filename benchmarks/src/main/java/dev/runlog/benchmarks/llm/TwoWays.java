package dev.runlog.benchmarks.llm;

import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.llm.ChatRequest;
import dev.runlog.llm.LlmClient;
import dev.runlog.llm.LlmSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The same call by plain OkHttp and with accounting, to one server, each with another context. */
final class TwoWays implements AutoCloseable {

  static final String MODEL = "gpt-5-mini";
  static final int CONTEXT_TOKENS = 2_000;

  private final LateServer server;
  private final OkHttpClient plain = new OkHttpClient();
  private final Scratch scratch;
  private final Database database;
  private final LlmClient accounted;
  private int calls;

  TwoWays(LateServer server, Durability durability) throws IOException {
    this.server = server;
    this.scratch = Scratch.temporary();
    String file = scratch.file("runlog.db").toString();
    this.database = Database.open(new DatabaseSettings(file, durability));
    EventLog log = new EventLog(database, InstantSource.system());
    Emitter emitter =
        log.start(Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
    LlmSettings settings = LlmSettings.of(server.url(), Optional.empty(), MODEL);
    this.accounted = new LlmClient(settings, log.appenderFor(emitter));
  }

  /** Calls in turns, with answers that come at once, until the code is compiled. */
  void warmUp(int rounds) throws IOException {
    server.answerAfter(0);
    for (int i = 0; i < rounds; i++) {
      plainMillis(MODEL);
      accountedMillis(MODEL);
    }
    server.answerAfter(LateServer.DELAY_MILLIS);
  }

  double plainMillis(String model) throws IOException {
    ChatRequest chat = request(model);
    long start = System.nanoTime();
    Request request =
        new Request.Builder()
            .url(server.url() + "/chat/completions")
            .post(RequestBody.create(chat.json().toString(), MediaType.get("application/json")))
            .build();
    try (Response response = plain.newCall(request).execute()) {
      response.body().string();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  double accountedMillis(String model) {
    ChatRequest chat = request(model);
    long start = System.nanoTime();
    accounted.chat(chat, Optional.empty());
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public void close() throws IOException {
    accounted.close();
    database.close();
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
    scratch.close();
  }

  private ChatRequest request(String model) {
    calls++;
    return ChatRequest.ofPrompt(model, Texts.of(calls, CONTEXT_TOKENS));
  }
}
