package dev.runlog.llm.openai;

import java.util.Optional;

/**
 * One event of a stream.
 *
 * @param type what the server calls it, absent in Chat Completions
 * @param data its text, usually JSON
 */
public record ServerEvent(Optional<String> type, String data) {}
