package dev.runlog.events.retention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts the lines of an archive and takes their fingerprint. Not thread-safe. */
final class ArchiveContent {

  private final MessageDigest digest = sha256();
  private long lines;

  /**
   * What an archive holds.
   *
   * @param lines how many lines
   * @param sha256 of all of them with their line ends, in hexadecimal
   */
  record Seal(long lines, String sha256) {}

  void add(String line) {
    lines++;
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  /** Ends it; nothing can be added afterwards. */
  Seal seal() {
    return new Seal(lines, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
