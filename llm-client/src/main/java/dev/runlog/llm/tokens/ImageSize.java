package dev.runlog.llm.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Width and height of an image in pixels, read from the first bytes of a {@code data:} URL. PNG,
 * JPEG, GIF and WebP are known; nothing is decoded beyond the header.
 */
record ImageSize(int width, int height) {

  /** Enough for a JPEG whose size stands behind a large preview. */
  private static final int MAX_HEADER_CHARS = 1 << 20;

  private static final String PNG = "\u0089PNG\r\n\u001a\n";

  /** The size, absent when the URL is no data URL or its bytes are no image of a known format. */
  static Optional<ImageSize> ofDataUrl(String url) {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
      return Optional.empty();
    }
    return decode(url, comma + 1).flatMap(ImageSize::ofHeader).filter(ImageSize::isPositive);
  }

  private static Optional<ByteBuffer> decode(String url, int from) {
    int chars = Math.min(url.length() - from, MAX_HEADER_CHARS) / 4 * 4;
    try {
      return Optional.of(
          ByteBuffer.wrap(Base64.getMimeDecoder().decode(url.substring(from, from + chars))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<ImageSize> ofHeader(ByteBuffer bytes) {
    if (startsWith(bytes, 0, PNG)) {
      return bytes.limit() < 24
          ? Optional.empty()
          : Optional.of(new ImageSize(bytes.getInt(16), bytes.getInt(20)));
    }
    if (startsWith(bytes, 0, "GIF8") && bytes.limit() >= 10) {
      return Optional.of(new ImageSize(littleEndian(bytes, 6, 2), littleEndian(bytes, 8, 2)));
    }
    if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP") && bytes.limit() >= 30) {
      return ofWebp(bytes);
    }
    return startsWith(bytes, 0, "\u00ff\u00d8") ? ofJpeg(bytes) : Optional.empty();
  }

  private static Optional<ImageSize> ofWebp(ByteBuffer bytes) {
    if (startsWith(bytes, 12, "VP8X")) {
      return Optional.of(
          new ImageSize(littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1));
    }
    if (startsWith(bytes, 12, "VP8L")) {
      int bits = littleEndian(bytes, 21, 4);
      return Optional.of(new ImageSize((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1));
    }
    return startsWith(bytes, 12, "VP8 ")
        ? Optional.of(
            new ImageSize(littleEndian(bytes, 26, 2) & 0x3fff, littleEndian(bytes, 28, 2) & 0x3fff))
        : Optional.empty();
  }

  /** Walks the segments to the start of frame, which holds the size. */
  private static Optional<ImageSize> ofJpeg(ByteBuffer bytes) {
    int at = 2;
    while (at + 9 <= bytes.limit() && (bytes.get(at) & 0xff) == 0xff) {
      int marker = bytes.get(at + 1) & 0xff;
      if (isStartOfFrame(marker)) {
        return Optional.of(
            new ImageSize(bytes.getShort(at + 7) & 0xffff, bytes.getShort(at + 5) & 0xffff));
      }
      at += marker == 0xff ? 1 : 2 + Math.max(2, bytes.getShort(at + 2) & 0xffff);
    }
    return Optional.empty();
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean startsWith(ByteBuffer bytes, int at, String signature) {
    byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
    return at + expected.length <= bytes.limit()
        && bytes.slice(at, expected.length).equals(ByteBuffer.wrap(expected));
  }

  private static int littleEndian(ByteBuffer bytes, int at, int length) {
    int value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes.get(at + i) & 0xff);
    }
    return value;
  }

  private boolean isPositive() {
    return width > 0 && height > 0;
  }
}
