package dev.runlog.benchmarks.llm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * What conversations hold: prose, code, tables and messages of programs, a little of it in other
 * languages than English, in an order of its own, so that no text was counted before.
 */
public final class Texts {

  private static final List<String> PASSAGES = passages();

  /** What the passages take on the average, in the encoding of current models. */
  private static final double CHARS_A_TOKEN = 4.1;

  private Texts() {}

  /**
   * A text.
   *
   * @param seed makes the text the same again
   * @param tokens about how long it is
   */
  public static String of(long seed, int tokens) {
    Random random = new Random(seed);
    int chars = (int) (tokens * CHARS_A_TOKEN);
    StringBuilder text = new StringBuilder(chars + 200);
    while (text.length() < chars) {
      text.append(PASSAGES.get(random.nextInt(PASSAGES.size())));
      text.append(random.nextInt(4) == 0 ? " [" + random.nextInt(100_000) + "]\n" : "\n");
    }
    return text.substring(0, chars);
  }

  private static List<String> passages() {
    try (InputStream file =
            Objects.requireNonNull(Texts.class.getResourceAsStream("passages.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("read the passages of the benchmark", e);
    }
  }
}
