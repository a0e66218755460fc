package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.llm.openai.AnswerTimeoutException;
import dev.runlog.llm.openai.AnswerTooLongException;
import dev.runlog.llm.openai.Exchange;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.OutgoingJson;
import dev.runlog.llm.openai.WellFormedText;
import dev.runlog.llm.retry.FailedAttempt;
import dev.runlog.llm.retry.RetryDecision;
import dev.runlog.llm.retry.RetryDecision.GiveUp;
import dev.runlog.llm.retry.RetryDecision.RetryAfter;
import dev.runlog.llm.retry.RetryHints;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One call: sends its request until there is an answer or no sense in going on. */
final class ModelCall<A extends ModelAnswer> {

  /** An answer that begins: whole, or a stream that is still to be read. */
  private record Begun(Exchange exchange, Optional<HttpAnswer> whole) {}

  private final ModelCalls calls;
  private final Api<A> api;
  private final CallLog log;
  private final CallFailures failures;
  private final AnswerReader<A> reader;
  private final String model;
  private final ObjectNode request;
  private boolean askedForUsage;

  ModelCall(ModelCalls calls, Api<A> api, ObjectNode request, CallLog log) {
    this.calls = calls;
    this.api = api;
    this.log = log;
    this.request = request;
    this.model = request.path("model").asText();
    this.failures = new CallFailures(model, calls.redactor());
    this.reader = new AnswerReader<>(api, model, failures);
  }

  /**
   * Sends the request and waits for its answer.
   *
   * @throws LlmException when there is none
   */
  A answer() {
    Begun begun = begin(false);
    begun.exchange().close();
    return reader.read(begun.whole().orElseThrow());
  }

  /**
   * Sends the request and waits until its answer begins.
   *
   * @param ended run once the call has ended in any way
   * @throws LlmException when there is none
   */
  LlmStream<A> open(Runnable ended) {
    askedForUsage =
        api.equals(Api.CHAT)
            && !calls.refusesStreamOptions().get()
            && StreamOptions.askForUsage(request);
    Begun begun = begin(true);
    StreamedCall<A> call = new StreamedCall<>(calls, api, log, failures, reader, model);
    return new LlmStream<>(call, begun.exchange(), begun.whole(), ended);
  }

  private Begun begin(boolean mayStream) {
    try {
      return send(mayStream);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.cancelled("the thread was interrupted", e);
    }
  }

  private Begun send(boolean mayStream) throws InterruptedException {
    while (true) {
      int attempt = log.nextAttempt();
      RetryHints hints = RetryHints.NONE;
      LlmException failure;
      try {
        Begun begun = exchange(mayStream);
        if (begun.whole().isEmpty() || begun.whole().get().isSuccess()) {
          return begun;
        }
        begun.exchange().close();
        HttpAnswer refusal = begun.whole().get();
        hints = RetryHints.of(refusal::header, calls.timing().clock());
        failure = failures.refused(refusal);
      } catch (IOException e) {
        failure = unreachable(e);
      }
      if (!sendWithoutStreamOptions(failure)) {
        retryOrThrow(attempt, failure, hints);
      }
    }
  }

  /** An exchange is open afterwards, or closed where anything was thrown. */
  private Begun exchange(boolean mayStream) throws IOException, InterruptedException {
    String body = WellFormedText.of(request.toString());
    Exchange exchange =
        calls
            .transport()
            .post(
                api.path(),
                model,
                new OutgoingJson(body, log::requestSent),
                mayStream,
                calls.patience().atMost(timeLeft()));
    boolean begun = false;
    try {
      log.requestUnderWay();
      Begun answer = new Begun(exchange, exchange.awaitAnswer());
      log.answerBegan();
      begun = true;
      return answer;
    } finally {
      if (!begun) {
        exchange.close();
      }
    }
  }

  private LlmException unreachable(IOException e) {
    if (calls.closed().getAsBoolean()) {
      throw failures.cancelled("the client was closed", e);
    }
    if (e instanceof AnswerTooLongException) {
      throw failures.tooLong(e);
    }
    if (log.elapsed().compareTo(calls.patience().total()) >= 0) {
      throw failures.timedOut("no answer within " + calls.patience().total().toMillis() + " ms", e);
    }
    return e instanceof AnswerTimeoutException
        ? failures.timedOut(String.valueOf(e.getMessage()), e)
        : failures.unreachable(e);
  }

  /** A server that does not know the option gets the same request without it, at once. */
  private boolean sendWithoutStreamOptions(LlmException failure) {
    if (!askedForUsage || !StreamOptions.isRefused(failure)) {
      return false;
    }
    askedForUsage = false;
    calls.refusesStreamOptions().set(true);
    StreamOptions.forgetUsage(request);
    log.retried(failure, Duration.ZERO);
    return true;
  }

  private void retryOrThrow(int attempt, LlmException failure, RetryHints hints)
      throws InterruptedException {
    RetryDecision decision =
        calls.retries().after(failed(attempt, failure, hints), random(), timeLeft());
    if (decision instanceof GiveUp giveUp) {
      throw failures.givenUp(failure, giveUp.reason());
    }
    Duration delay = ((RetryAfter) decision).delay();
    log.retried(failure, delay);
    calls.timing().pause().pause(delay);
    if (calls.closed().getAsBoolean()) {
      throw failures.cancelled("the client was closed", failure);
    }
  }

  private static FailedAttempt failed(int attempt, LlmException failure, RetryHints hints) {
    Optional<String> code = failure.providerError().flatMap(error -> error.code());
    return new FailedAttempt(attempt, failure.status(), code, hints);
  }

  private double random() {
    return calls.timing().random().getAsDouble();
  }

  /** Never zero, which would mean no limit. */
  private Duration timeLeft() {
    Duration left = calls.patience().total().minus(log.elapsed());
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }
}
