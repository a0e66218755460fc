package dev.runlog.llm;

import dev.runlog.events.log.EventAppender;
import dev.runlog.llm.openai.OpenAiTransport;
import dev.runlog.llm.openai.Patience;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.pricing.PriceTable;
import dev.runlog.llm.retry.RetryPolicy;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What all calls of a client share. Thread-safe.
 *
 * @param patience of one call; the total is for its retries too
 * @param closed whether the client was closed meanwhile
 * @param refusesStreamOptions whether the server was seen to refuse the option that asks for usage
 */
record ModelCalls(
    OpenAiTransport transport,
    EventAppender events,
    ContextCounter counter,
    RetryPolicy retries,
    Redactor redactor,
    Patience patience,
    CallTiming timing,
    PriceTable prices,
    CapturedContents contents,
    DriftDetector drift,
    BooleanSupplier closed,
    AtomicBoolean refusesStreamOptions) {}
