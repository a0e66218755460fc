package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one event of a stream adds to the answer.
 *
 * @param text text of the answer, empty when the event adds none
 * @param reasoning text of the reasoning that some servers show, empty when the event adds none
 * @param arguments of calls of tools, empty when the event adds none
 * @param event the event as it came: a chunk of Chat Completions, an event of the Responses API
 */
public record StreamDelta(String text, String reasoning, String arguments, JsonNode event) {

  /** All that the event adds, whatever it is. */
  String received() {
    return text + reasoning + arguments;
  }
}
