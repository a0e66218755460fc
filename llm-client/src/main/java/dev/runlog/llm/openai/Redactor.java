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
  private static final Pattern KEY = Pattern.compile("\\bsk-[A-Za-z0-9_*-]{4,}");

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
    String redacted = KEY.matcher(withoutBearer).replaceAll(REDACTED);
    for (Pattern pattern : patterns) {
      redacted = pattern.matcher(redacted).replaceAll(REDACTED);
    }
    return redacted;
  }
}
