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
    if (redacted.contains("sk-")) {
      redacted = API_KEY.matcher(redacted).replaceAll(MASK);
    }
    if (redacted.contains("earer") || redacted.contains("EARER")) {
      redacted = BEARER.matcher(redacted).replaceAll("Bearer " + MASK);
    }
    return redacted;
  }
}
