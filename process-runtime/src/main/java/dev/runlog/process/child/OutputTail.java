package dev.runlog.process.child;

import java.nio.charset.StandardCharsets;

/** Keeps the end of a stream of bytes that is meant to be UTF-8. Thread-safe. */
final class OutputTail {

  private final byte[] ring;
  private long written;

  OutputTail(int capacityBytes) {
    ring = new byte[capacityBytes];
  }

  synchronized void write(byte[] bytes, int length) {
    for (int i = Math.max(0, length - ring.length); i < length; i++) {
      ring[(int) ((written + i) % ring.length)] = bytes[i];
    }
    written += length;
  }

  /**
   * What is kept, as text. A character that the beginning or the end cuts through is left out; what
   * is no UTF-8 in between becomes U+FFFD.
   */
  synchronized String text() {
    int kept = (int) Math.min(written, ring.length);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((written - kept + i) % ring.length)];
    }
    int start = written > kept ? lengthOfCutStart(bytes) : 0;
    int end = kept - lengthOfCutEnd(bytes);
    return new String(bytes, start, Math.max(0, end - start), StandardCharsets.UTF_8);
  }

  /** A character has at most three continuation bytes. */
  private static int lengthOfCutStart(byte[] bytes) {
    int start = 0;
    while (start < Math.min(3, bytes.length) && isContinuation(bytes[start])) {
      start++;
    }
    return start;
  }

  private static int lengthOfCutEnd(byte[] bytes) {
    for (int back = 1; back <= Math.min(3, bytes.length); back++) {
      byte candidate = bytes[bytes.length - back];
      if (!isContinuation(candidate)) {
        return lengthOfCharacter(candidate) > back ? back : 0;
      }
    }
    return 0;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0b1100_0000) == 0b1000_0000;
  }

  private static int lengthOfCharacter(byte first) {
    if ((first & 0b1110_0000) == 0b1100_0000) {
      return 2;
    }
    if ((first & 0b1111_0000) == 0b1110_0000) {
      return 3;
    }
    return (first & 0b1111_1000) == 0b1111_0000 ? 4 : 1;
  }
}
