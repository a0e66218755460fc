package dev.runlog.llm;

import dev.runlog.llm.openai.OpenAiTransport;
import dev.runlog.llm.openai.Patience;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.retry.RetryPolicy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What all calls of a client share. Thread-safe.
 *
 * @param ledger writes them down
 * @param patience of one call; the total is for its retries too
 * @param closed whether the client was closed meanwhile
 * @param refusesStreamOptions whether the server was seen to refuse the option that asks for usage
 */
record ModelCalls(
    Ledger ledger,
    OpenAiTransport transport,
    RetryPolicy retries,
    Patience patience,
    BooleanSupplier closed,
    AtomicBoolean refusesStreamOptions) {

  CallTiming timing() {
    return ledger.timing();
  }

  Redactor redactor() {
    return ledger.redactor();
  }
}
