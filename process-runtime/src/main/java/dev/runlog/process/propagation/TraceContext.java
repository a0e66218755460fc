package dev.runlog.process.propagation;

import dev.runlog.events.log.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a distributed trace, as the {@code traceparent} of <a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> holds it. Runs have ids that
 * are derived, not drawn, so that whoever reads the events table later finds the same ones.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param flags 0 to 255; bit 0 says that the trace is sampled
 */
public record TraceContext(String traceId, String spanId, int flags) {

  private static final Pattern TRACEPARENT =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final Pattern ONLY_ZEROS = Pattern.compile("0+");
  private static final String INVALID_VERSION = "ff";
  private static final String FIRST_VERSION = "00";
  private static final int SAMPLED = 1;

  /** The flags that are defined, sampled and random; others must not be passed on. */
  private static final int DEFINED_FLAGS = 0b11;

  /**
   * Reads a {@code traceparent}; empty when it is not a valid one. Later versions than 00 are read
   * as far as 00 goes, as the specification asks.
   */
  public static Optional<TraceContext> parse(String traceparent) {
    Matcher matcher = TRACEPARENT.matcher(traceparent.strip());
    if (!matcher.matches() || !isReadableVersion(matcher.group(1), matcher.group(5) != null)) {
      return Optional.empty();
    }
    if (isZero(matcher.group(2)) || isZero(matcher.group(3))) {
      return Optional.empty();
    }
    int flags = HexFormat.fromHexDigits(matcher.group(4)) & DEFINED_FLAGS;
    return Optional.of(new TraceContext(matcher.group(2), matcher.group(3), flags));
  }

  /**
   * The trace of a tree that nobody outside gave one.
   *
   * @param database where the tree is recorded; run ids are unique only there
   */
  public static TraceContext ofRoot(String database, RunId root) {
    return new TraceContext(derive(32, "trace", database, root), spanOf(database, root), SAMPLED);
  }

  /** The same trace, at the span of a run. */
  public TraceContext at(String database, RunId run) {
    return new TraceContext(traceId, spanOf(database, run), flags);
  }

  /** The value of {@code traceparent}, version 00. */
  public String traceparent() {
    return "%s-%s-%s-%02x".formatted(FIRST_VERSION, traceId, spanId, flags);
  }

  private static boolean isReadableVersion(String version, boolean hasMore) {
    return !version.equals(INVALID_VERSION) && !(version.equals(FIRST_VERSION) && hasMore);
  }

  private static String spanOf(String database, RunId run) {
    return derive(16, "span", database, run);
  }

  private static String derive(int digits, String what, String database, RunId run) {
    String hex = HexFormat.of().formatHex(sha256(what + "\n" + database + "\n" + run));
    String id = hex.substring(0, digits);
    return isZero(id) ? "1" + id.substring(1) : id;
  }

  private static boolean isZero(String digits) {
    return ONLY_ZEROS.matcher(digits).matches();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime must have SHA-256", e);
    }
  }
}
