package dev.runlog.llm.tokens;

import java.util.Map;
import java.util.Optional;

/**
 * Sizes of context windows in tokens, by model family, as models.dev (MIT,
 * github.com/anomalyco/models.dev) listed them in November 2026.
 */
final class ContextWindows {

  private static final long GPT_4_1 = 1_047_576;
  private static final long GPT_5 = 400_000;
  private static final long GPT_5_4 = 1_050_000;
  private static final long CHAT = 128_000;
  private static final long O_SERIES = 200_000;

  private static final Map<String, Long> TOKENS =
      Map.ofEntries(
          Map.entry("gpt-3.5-turbo", 16_385L),
          Map.entry("gpt-4", 8_192L),
          Map.entry("gpt-4-turbo", CHAT),
          Map.entry("gpt-4-turbo-preview", CHAT),
          Map.entry("gpt-4o", CHAT),
          Map.entry("gpt-4o-mini", CHAT),
          Map.entry("gpt-4.1", GPT_4_1),
          Map.entry("gpt-4.1-mini", GPT_4_1),
          Map.entry("gpt-4.1-nano", GPT_4_1),
          Map.entry("gpt-5", GPT_5),
          Map.entry("gpt-5-mini", GPT_5),
          Map.entry("gpt-5-nano", GPT_5),
          Map.entry("gpt-5-pro", GPT_5),
          Map.entry("gpt-5-codex", GPT_5),
          Map.entry("gpt-5-chat-latest", GPT_5),
          Map.entry("gpt-5.1", GPT_5),
          Map.entry("gpt-5.1-chat-latest", CHAT),
          Map.entry("gpt-5.1-codex", GPT_5),
          Map.entry("gpt-5.1-codex-mini", GPT_5),
          Map.entry("gpt-5.1-codex-max", GPT_5),
          Map.entry("gpt-5.2", GPT_5),
          Map.entry("gpt-5.2-pro", GPT_5),
          Map.entry("gpt-5.2-codex", GPT_5),
          Map.entry("gpt-5.2-chat-latest", CHAT),
          Map.entry("gpt-5.3-chat-latest", CHAT),
          Map.entry("gpt-5.3-codex", GPT_5),
          Map.entry("gpt-5.3-codex-spark", CHAT),
          Map.entry("gpt-5.4", GPT_5_4),
          Map.entry("gpt-5.4-pro", GPT_5_4),
          Map.entry("gpt-5.4-mini", GPT_5),
          Map.entry("gpt-5.4-nano", GPT_5),
          Map.entry("gpt-5.5", GPT_5_4),
          Map.entry("gpt-5.5-pro", GPT_5_4),
          Map.entry("o1", O_SERIES),
          Map.entry("o1-pro", O_SERIES),
          Map.entry("o3", O_SERIES),
          Map.entry("o3-mini", O_SERIES),
          Map.entry("o3-pro", O_SERIES),
          Map.entry("o4-mini", O_SERIES));

  private ContextWindows() {}

  /** The window of a family, absent when it is not known. */
  static Optional<Long> of(String family) {
    return Optional.ofNullable(TOKENS.get(family));
  }
}
