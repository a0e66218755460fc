package dev.runlog.process.child;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a spare is told when it takes the place of a child that has died: the variables that it
 * would have been started with, as one line of JSON on its standard input. What comes after the
 * line is the lifeline, as ever.
 */
public final class SpareRole {

  private SpareRole() {}

  static String toLine(Map<String, String> env) {
    ObjectNode variables = Json.object();
    env.forEach(variables::put);
    return Json.write(variables);
  }

  /**
   * Waits until the role comes.
   *
   * @return the variables, empty when the parent let go of the line, or is gone, before
   * @throws dev.runlog.events.json.JsonException when something else came
   */
  public static Optional<Map<String, String>> await(InputStream lifeline) {
    return readLine(lifeline).map(SpareRole::variables);
  }

  private static Map<String, String> variables(String line) {
    Map<String, String> env = new HashMap<>();
    Json.readObject(line)
        .properties()
        .forEach(variable -> env.put(variable.getKey(), variable.getValue().asText()));
    return env;
  }

  /** Byte by byte: what follows belongs to somebody else. */
  private static Optional<String> readLine(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
        line.write(next);
      }
      return Optional.empty();
    } catch (IOException e) {
      // A line that can no longer be read is as good as ended: nobody holds it.
      return Optional.empty();
    }
  }
}
