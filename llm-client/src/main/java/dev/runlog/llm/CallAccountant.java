package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.tokens.ContextCounter;
import dev.runlog.llm.tokens.Encodings;
import java.time.Clock;
import java.util.Optional;

/**
 * Accounts for chats that somebody else's client sends, where that client tells of their beginning
 * and their end but shows nobody its requests on the wire. What an adapter to such a client is made
 * of; {@link AccountingInterceptor} is the one for clients that speak over OkHttp. Thread-safe.
 */
public final class CallAccountant {

  private final Ledger ledger;

  /**
   * @param events where calls are logged; stays open
   */
  public CallAccountant(EventAppender events, Accounting accounting) {
    Encodings.preload();
    this.ledger =
        new Ledger(
            events,
            new ContextCounter(accounting.prices()),
            new Redactor(Optional.empty(), accounting.secrets()),
            new CallTiming(Clock.systemUTC(), System::nanoTime, () -> 0, duration -> {}),
            accounting.prices(),
            new CapturedContents(accounting, Optional.empty()),
            new DriftDetector());
  }

  /**
   * Logs that a chat begins.
   *
   * @param request in the form of the Chat Completions API, as far as it is known
   * @param parentEvent the event in whose scope it runs
   */
  public AccountedCall chat(ObjectNode request, Optional<EventId> parentEvent) {
    CallLog log = CallLog.start(ledger, Api.CHAT, request, parentEvent);
    log.requestSent();
    log.nextAttempt();
    String model = request.path("model").asText();
    return new AccountedCall(log, new CallFailures(model, ledger.redactor()), model);
  }
}
