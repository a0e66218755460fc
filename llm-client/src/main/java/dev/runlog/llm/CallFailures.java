package dev.runlog.llm;

import dev.runlog.llm.openai.Abbreviated;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.ProviderError;
import dev.runlog.llm.openai.Redactor;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words the failures of calls to one model, without secrets. */
final class CallFailures {

  private static final int QUOTED_CHARS = 200;

  private final String model;
  private final Redactor redactor;

  CallFailures(String model, Redactor redactor) {
    this.model = model;
    this.redactor = redactor;
  }

  /** The server answered with an error. */
  LlmException refused(HttpAnswer answer) {
    ProviderError error = providerError(answer);
    FailureKind kind = FailureKind.of(answer.status(), error.code());
    String location =
        answer.header("location").map(where -> ", which redirects to " + where).orElse("");
    return failure(
        kind,
        "HTTP " + answer.status() + location + ": " + described(error),
        Optional.of(answer.status()),
        Optional.of(error),
        null);
  }

  /** The server reported success, but the body is no answer. */
  LlmException invalidAnswer(HttpAnswer answer, String reason) {
    return failure(
        FailureKind.INVALID_ANSWER,
        "HTTP " + answer.status() + ", but " + reason + ": " + quoted(answer.body()),
        Optional.of(answer.status()),
        Optional.empty(),
        null);
  }

  LlmException tooLong(IOException e) {
    return failure(
        FailureKind.INVALID_ANSWER,
        String.valueOf(e.getMessage()),
        Optional.empty(),
        Optional.empty(),
        e);
  }

  /** The server reported success, but the body is an error. */
  LlmException errorInAnswer(HttpAnswer answer, String body) {
    ProviderError error = ProviderError.ofBody(redactor.redact(body));
    return failure(
        FailureKind.INVALID_ANSWER,
        "HTTP " + answer.status() + ", but the answer is an error: " + described(error),
        Optional.of(answer.status()),
        Optional.of(error),
        null);
  }

  LlmException unreachable(IOException e) {
    return failure(
        FailureKind.CONNECTION, "connection failed: " + e, Optional.empty(), Optional.empty(), e);
  }

  /** A stream ended before its answer did. */
  LlmException brokenOff(int status, @Nullable IOException e) {
    return failure(
        FailureKind.CONNECTION,
        "the stream broke off before the answer was complete" + (e == null ? "" : ": " + e),
        Optional.of(status),
        Optional.empty(),
        e);
  }

  /**
   * @param what did not come in time
   */
  LlmException timedOut(String what, IOException e) {
    return failure(FailureKind.TIMEOUT, what, Optional.empty(), Optional.empty(), e);
  }

  LlmException cancelled(String reason, @Nullable Exception e) {
    return failure(
        FailureKind.CANCELLED, "cancelled, " + reason, Optional.empty(), Optional.empty(), e);
  }

  /** A failure that somebody else's client met and says the kind of. */
  LlmException reported(FailureKind kind, Throwable failure) {
    return failure(kind, String.valueOf(failure), Optional.empty(), Optional.empty(), failure);
  }

  /** The same failure, which now ends the call. */
  LlmException givenUp(LlmException last, String reason) {
    return new LlmException(
        last.kind(),
        last.getMessage() + "; " + reason,
        last.status(),
        last.providerError(),
        last.getCause());
  }

  private LlmException failure(
      FailureKind kind,
      String what,
      Optional<Integer> status,
      Optional<ProviderError> error,
      @Nullable Throwable cause) {
    String message = redactor.redact("call " + model + ": " + what) + "; " + kind.advice();
    return new LlmException(kind, message, status, error, cause);
  }

  /** Redacted before it is shortened: the half of a key would not be known for one. */
  private ProviderError providerError(HttpAnswer answer) {
    return ProviderError.ofBody(redactor.redact(answer.body()));
  }

  private String quoted(String body) {
    String start = redactor.redact(body.substring(0, Math.min(body.length(), 10 * QUOTED_CHARS)));
    return start.length() <= QUOTED_CHARS ? start.strip() : Abbreviated.of(start, QUOTED_CHARS);
  }

  private static String described(ProviderError error) {
    String details =
        Stream.of(error.type(), error.code(), error.param().map(param -> "param " + param))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return details.isEmpty() ? error.message() : error.message() + " (" + details + ")";
  }
}
