package dev.runlog.events.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Writes a JSON object of texts and numbers, character for character as {@link Json#write} would,
 * without the object mapper, whose start takes longer than the rest of a process's way to its first
 * event. Not thread-safe.
 */
public final class FlatObject {

  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a field.
   *
   * @param name in snake case
   */
  public FlatObject put(String name, String value) {
    begin(name);
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
    return this;
  }

  /**
   * Adds a field.
   *
   * @param name in snake case
   */
  public FlatObject put(String name, long value) {
    begin(name);
    text.append(value);
    return this;
  }

  /** The object with the fields so far. */
  public String toJson() {
    return LoneSurrogates.escape("{" + text + "}");
  }

  private void begin(String name) {
    text.append(text.isEmpty() ? "\"" : ",\"").append(name).append("\":");
  }
}
