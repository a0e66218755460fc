package dev.runlog.llm.openai;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text before it is logged or thrown: the client's own key, wherever a server
 * echoes it, and whatever looks like a key. Thread-safe.
 */
public final class Redactor {

  private static final String REDACTED = "[redacted]";

  /** A shorter key, such as the {@code x} that local servers take, is no secret. */
  private static final int MIN_KEY_CHARS = 4;

  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[A-Za-z0-9._~+/=*-]{4,}");

  /**
   * Beginnings of the keys of OpenAI, Anthropic and OpenRouter ({@code sk-}), Groq, xAI, Google,
   * Hugging Face, GitHub, Amazon, Perplexity, Replicate and NVIDIA. What follows {@code sk-} may be
   * short, since servers mask the most of it; the others must look random to be told from words.
   */
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(?:sk-[A-Za-z0-9_*-]{4,}"
              + "|(?:gsk_|xai-|hf_|gh[pousr]_|github_pat_|pplx-|r8_|nvapi-)[A-Za-z0-9_*-]{16,}"
              + "|AIza[A-Za-z0-9_*-]{30,}"
              + "|(?:AKIA|ASIA)[A-Z0-9*]{16,})");

  /** What somebody calls a key in so many words, such as {@code API key provided: 1f2e…}. */
  private static final Pattern NAMED_KEY =
      Pattern.compile(
          "(?i)(\\bapi[-_ ]?key(?: provided)?[\"']?\\s*[:=]\\s*[\"']?)[A-Za-z0-9._~+/=*-]{16,}");

  private final Optional<String> key;
  private final List<Pattern> patterns;

  public Redactor(Optional<String> key) {
    this(key, List.of());
  }

  /**
   * @param patterns of the user's own; what they match is a secret
   */
  public Redactor(Optional<String> key, List<Pattern> patterns) {
    this.key = key.filter(text -> text.length() >= MIN_KEY_CHARS);
    this.patterns = List.copyOf(patterns);
  }

  /** The text without secrets. */
  public String redact(String text) {
    String withoutOwnKey = key.map(own -> text.replace(own, REDACTED)).orElse(text);
    String withoutBearer = BEARER.matcher(withoutOwnKey).replaceAll("$1" + REDACTED);
    String withoutKeys = KEY.matcher(withoutBearer).replaceAll(REDACTED);
    String redacted = NAMED_KEY.matcher(withoutKeys).replaceAll("$1" + REDACTED);
    for (Pattern pattern : patterns) {
      redacted = pattern.matcher(redacted).replaceAll(REDACTED);
    }
    return redacted;
  }
}
