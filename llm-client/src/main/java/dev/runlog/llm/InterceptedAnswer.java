package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.ProviderError;
import dev.runlog.llm.openai.RecordedStream;
import dev.runlog.llm.openai.ServerEvent;
import dev.runlog.llm.openai.WatchedBody;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Response;
import okio.Buffer;

/** The answer to an intercepted call: copied as the client reads it, then logged. */
final class InterceptedAnswer<A extends ModelAnswer> {

  private final Api<A> api;
  private final String model;
  private final Ledger ledger;
  private final CallLog log;
  private final CallFailures failures;
  private final AnswerReader<A> reader;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private volatile Optional<Duration> firstByte = Optional.empty();

  InterceptedAnswer(Api<A> api, String model, Ledger ledger, CallLog log) {
    this.api = api;
    this.model = model;
    this.ledger = ledger;
    this.log = log;
    this.failures = new CallFailures(model, ledger.redactor());
    this.reader = new AnswerReader<>(api, model, failures);
  }

  /** The same answer, which logs the end of the call once it was read or closed. */
  Response watch(Response response) {
    WatchedBody body =
        new WatchedBody(
            response.body(),
            this::noteFirstByte,
            read -> {
              if (hasEnded.compareAndSet(false, true)) {
                logEnd(response, read);
              }
            });
    return response.newBuilder().body(body).build();
  }

  /** There is no answer. */
  void unreachable(IOException e, boolean cancelled) {
    hasEnded.set(true);
    log.failed(
        cancelled
            ? failures.cancelled("the client cancelled the call", e)
            : failures.unreachable(e),
        Optional.empty());
  }

  private void noteFirstByte() {
    if (firstByte.isEmpty()) {
      firstByte = Optional.of(log.elapsed());
    }
  }

  private void logEnd(Response response, Buffer read) {
    HttpAnswer answer = answer(response);
    try {
      Optional<List<ServerEvent>> events = RecordedStream.events(response, read);
      if (!answer.isSuccess()) {
        log.failed(failures.refused(answer.withBody(read.readUtf8())), Optional.empty());
      } else if (events.isPresent()) {
        logStream(answer, events.get());
      } else {
        log.completed(reader.read(answer.withBody(read.readUtf8())), Optional.empty());
      }
    } catch (LlmException e) {
      log.failed(e, Optional.empty());
    }
  }

  private void logStream(HttpAnswer answer, List<ServerEvent> events) {
    StreamedAnswer assembled = api.stream().orElseThrow().get();
    StringBuilder received = new StringBuilder();
    boolean marked = false;
    for (ServerEvent event : events) {
      marked |= event.data().strip().equals(LlmStream.END_MARK);
      json(event)
          .map(json -> refusingErrors(answer, json))
          .ifPresent(json -> received.append(assembled.add(json).received()));
    }
    if (marked || assembled.isComplete()) {
      log.completed(reader.read(answer, assembled.json()), firstByte);
    } else {
      log.failed(
          failures.brokenOff(answer.status(), null),
          Optional.of(Received.of(received.toString(), model, ledger.counter())));
    }
  }

  private ObjectNode refusingErrors(HttpAnswer answer, ObjectNode json) {
    if (ProviderError.find(json).isPresent()) {
      throw failures.errorInAnswer(answer, json.toString());
    }
    return json;
  }

  private static Optional<ObjectNode> json(ServerEvent event) {
    try {
      return Optional.of(Json.readObject(event.data()));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static HttpAnswer answer(Response response) {
    Map<String, String> headers = new TreeMap<>();
    response.headers().names().forEach(name -> headers.put(name, response.header(name, "")));
    return new HttpAnswer(response.code(), headers, "");
  }
}
