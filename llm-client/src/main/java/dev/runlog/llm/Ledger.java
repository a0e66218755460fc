package dev.runlog.llm;

import dev.runlog.events.log.EventAppender;
import dev.runlog.events.pricing.PriceTable;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.tokens.ContextCounter;

/**
 * What it takes to write calls down, however they are sent. Thread-safe.
 *
 * @param events where calls are logged
 * @param counter counts what fills a context
 * @param redactor takes secrets out of what is logged
 * @param prices what tokens cost
 * @param contents what is kept of requests and answers
 * @param drift watches the counts
 */
record Ledger(
    EventAppender events,
    ContextCounter counter,
    Redactor redactor,
    CallTiming timing,
    PriceTable prices,
    CapturedContents contents,
    DriftDetector drift) {}
