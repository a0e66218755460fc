package dev.runlog.llm;

import dev.runlog.llm.openai.AnswerTooLongException;
import dev.runlog.llm.openai.HttpAnswer;
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
final class ChatCall {

  private final ChatCalls calls;
  private final CallLog log;
  private final CallFailures failures;
  private final String model;
  private final String body;

  ChatCall(ChatCalls calls, ChatRequest request, CallLog log) {
    this.calls = calls;
    this.log = log;
    this.model = request.model().orElseThrow();
    this.failures = new CallFailures(model, calls.redactor());
    this.body = WellFormedText.of(request.json().toString());
  }

  /**
   * @throws LlmException when there is no answer
   */
  ChatResponse answer() {
    try {
      return new AnswerReader(model, failures).read(send());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.cancelled("the thread was interrupted", e);
    }
  }

  private HttpAnswer send() throws InterruptedException {
    while (true) {
      int attempt = log.nextAttempt();
      RetryHints hints = RetryHints.NONE;
      LlmException failure;
      try {
        HttpAnswer answer = calls.transport().post(ChatCalls.ENDPOINT, body, timeLeft());
        if (answer.isSuccess()) {
          return answer;
        }
        hints = RetryHints.of(answer::header, calls.timing().clock());
        failure = failures.refused(answer);
      } catch (IOException e) {
        failure = unreachable(e);
      }
      retryOrThrow(attempt, failure, hints);
    }
  }

  private LlmException unreachable(IOException e) {
    if (calls.closed().getAsBoolean()) {
      throw failures.cancelled("the client was closed", e);
    }
    if (e instanceof AnswerTooLongException) {
      throw failures.tooLong(e);
    }
    if (log.elapsed().compareTo(calls.totalTimeout()) >= 0) {
      throw failures.timedOut(calls.totalTimeout(), e);
    }
    return failures.unreachable(e);
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
    Duration left = calls.totalTimeout().minus(log.elapsed());
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }
}
