package dev.runlog.events.log;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a payload before it is written: the secrets that this process was given, and
 * whatever looks like an API key or a bearer token. Immutable.
 */
public final class Redaction {

  private static final String MASK = "[redacted]";

  /** Shorter values would also hit harmless text. */
  private static final int SHORTEST_SECRET = 8;

  private static final Pattern API_KEY = Pattern.compile("\\bsk-[A-Za-z0-9_-]{12,}");
  private static final Pattern BEARER = Pattern.compile("(?i)\\bbearer[ +]+[A-Za-z0-9._~+/=-]{8,}");

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * Redacts what looks like a secret, and these values wherever they appear; values under 8
   * characters are left out.
   */
  public static Redaction of(Collection<String> secrets) {
    return new Redaction(
        secrets.stream().filter(secret -> secret.length() >= SHORTEST_SECRET).distinct().toList());
  }

  /** The text without secrets; the same text when there are none. */
  public String apply(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, MASK);
    }
    // The regular expressions run only where they can match: this is on the path of every event.
    if (mayHoldApiKey(redacted)) {
      redacted = API_KEY.matcher(redacted).replaceAll(MASK);
    }
    if (redacted.contains("earer") || redacted.contains("EARER")) {
      redacted = BEARER.matcher(redacted).replaceAll("Bearer " + MASK);
    }
    return redacted;
  }

  /** Most places where {@code sk-} stands are within a word, such as {@code task-17}. */
  private static boolean mayHoldApiKey(String text) {
    for (int at = text.indexOf("sk-"); at >= 0; at = text.indexOf("sk-", at + 1)) {
      if (at == 0 || !isWordCharacter(text.charAt(at - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
