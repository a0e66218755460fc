package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.llm.openai.HttpAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A chat under way, sent by somebody else's client. The first of the methods that is called logs
 * its end, any further call does nothing. For one thread at a time.
 */
public final class AccountedCall {

  private static final int OK = 200;

  private final CallLog log;
  private final CallFailures failures;
  private final AnswerReader<ChatResponse> reader;
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  AccountedCall(CallLog log, CallFailures failures, String model) {
    this.log = log;
    this.failures = failures;
    this.reader = new AnswerReader<>(Api.CHAT, model, failures);
  }

  /**
   * Logs the answer.
   *
   * @param answer in the form of the Chat Completions API; what is none is logged as a failure
   */
  public void completed(ObjectNode answer) {
    if (hasEnded.compareAndSet(false, true)) {
      try {
        ChatResponse read = reader.read(new HttpAnswer(OK, Map.of(), ""), answer);
        log.completed(read, Optional.empty());
      } catch (LlmException e) {
        log.failed(e, Optional.empty());
      }
    }
  }

  /** Logs that the server refused the request. */
  public void refused(int status, String body) {
    fail(failures.refused(new HttpAnswer(status, Map.of(), body)));
  }

  /** Logs a failure of a known kind. */
  public void failed(FailureKind kind, Throwable failure) {
    fail(failures.reported(kind, failure));
  }

  /** Logs a failure of the program itself. */
  public void failed(Throwable failure) {
    fail(failure);
  }

  private void fail(Throwable failure) {
    if (hasEnded.compareAndSet(false, true)) {
      log.failed(failure, Optional.empty());
    }
  }
}
