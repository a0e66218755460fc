package dev.runlog.process.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One field of a payload in a phrase.
 *
 * @param pointer JSON pointer to the field
 * @param words what is said, with {@code {}} for the value
 */
record PhrasePart(String pointer, String words) {

  /** Reads {@code field: words}, or just {@code field}; dots in the field lead inside objects. */
  static PhrasePart parse(String notation) {
    String[] halves = notation.split(": ", 2);
    return new PhrasePart("/" + halves[0].replace('.', '/'), halves.length == 2 ? halves[1] : "{}");
  }

  /** The words with the value; empty when the payload lacks the field or it says nothing. */
  Optional<String> read(ObjectNode payload) {
    JsonNode value = payload.at(pointer);
    boolean saysNothing =
        value.isMissingNode()
            || value.isNull()
            || (value.isContainerNode() && value.isEmpty())
            || (value.isTextual() && value.textValue().isBlank());
    return saysNothing ? Optional.empty() : Optional.of(words.replace("{}", textOf(value)));
  }

  private static String textOf(JsonNode value) {
    return value.isTextual() ? value.textValue().strip() : value.toString();
  }
}
