package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.ProviderError;
import dev.runlog.llm.openai.ReadEnd;
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
import java.util.function.BooleanSupplier;
import okhttp3.Response;
import okio.Buffer;

/** The answer to an intercepted call: copied as the client reads it, then logged. */
final class InterceptedAnswer<A extends ModelAnswer> {

  private final Api<A> api;
  private final String model;
  private final Ledger ledger;
  private final CallLog log;
  private final BooleanSupplier cancelled;
  private final AccountingFaults faults;
  private final CallFailures failures;
  private final AnswerReader<A> reader;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private volatile Optional<Duration> firstByte = Optional.empty();

  /**
   * @param cancelled whether the client has cancelled the call
   * @param faults of the accounting, which are not the client's
   */
  InterceptedAnswer(
      Api<A> api,
      String model,
      Ledger ledger,
      CallLog log,
      BooleanSupplier cancelled,
      AccountingFaults faults) {
    this.api = api;
    this.model = model;
    this.ledger = ledger;
    this.log = log;
    this.cancelled = cancelled;
    this.faults = faults;
    this.failures = new CallFailures(model, ledger.redactor());
    this.reader = new AnswerReader<>(api, model, failures);
  }

  /** The same answer, which logs the end of the call once it was read or closed. */
  Response watch(Response response) {
    faults.kept(log::answerBegan);
    WatchedBody body =
        new WatchedBody(
            response.body(),
            this::noteFirstByte,
            (read, how) -> end(() -> logEnd(response, read, how)));
    return response.newBuilder().body(body).build();
  }

  /** There is no answer. */
  void unreachable(IOException e) {
    end(() -> log.failed(cutShort(e).orElseGet(() -> failures.unreachable(e)), Optional.empty()));
  }

  /** The client itself failed, before there was an answer. */
  void failed(Throwable e) {
    end(() -> log.failed(e, Optional.empty()));
  }

  private void end(Runnable logging) {
    if (hasEnded.compareAndSet(false, true)) {
      faults.kept(logging);
    }
  }

  private void noteFirstByte() {
    if (firstByte.isEmpty()) {
      firstByte = Optional.of(log.elapsed());
    }
  }

  private void logEnd(Response response, Buffer read, ReadEnd how) {
    HttpAnswer answer = answer(response);
    try {
      Optional<List<ServerEvent>> events = RecordedStream.events(response, read);
      if (!answer.isSuccess()) {
        log.failed(failures.refused(answer.withBody(read.readUtf8())), Optional.empty());
      } else if (events.isPresent()) {
        logStream(answer, events.get(), how);
      } else {
        log.completed(whole(answer.withBody(read.readUtf8()), how), Optional.empty());
      }
    } catch (LlmException e) {
      log.failed(e, Optional.empty());
    }
  }

  /** A client may close an answer that it has read without having seen its end. */
  private A whole(HttpAnswer answer, ReadEnd how) {
    try {
      return reader.read(answer);
    } catch (LlmException e) {
      throw earlyEnd(answer, how).orElse(e);
    }
  }

  private void logStream(HttpAnswer answer, List<ServerEvent> events, ReadEnd how) {
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
          earlyEnd(answer, how).orElseGet(() -> failures.brokenOff(answer.status(), null)),
          Optional.of(Received.of(received.toString(), model, ledger.counter())));
    }
  }

  /** Why not all was read; empty when all was. */
  private Optional<LlmException> earlyEnd(HttpAnswer answer, ReadEnd how) {
    if (how instanceof ReadEnd.BrokeOff broken) {
      return cutShort(broken.failure())
          .or(() -> Optional.of(failures.brokenOff(answer.status(), broken.failure())));
    }
    return how instanceof ReadEnd.Closed
        ? Optional.of(failures.cancelled("the client closed the answer before its end", null))
        : Optional.empty();
  }

  private Optional<LlmException> cutShort(IOException e) {
    return cancelled.getAsBoolean()
        ? Optional.of(failures.cancelled("the client cancelled the call", e))
        : Optional.empty();
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
