package dev.runlog.events.log;

import java.util.regex.Pattern;

/**
 * The rule of event types: {@code scope.fact} in lower case, dots between scopes, underscores
 * inside a word.
 */
public final class EventNames {

  private static final Pattern RULE =
      Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*(\\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+");
  private static final int LONGEST = 100;

  private EventNames() {}

  /**
   * Checks a type.
   *
   * @throws InvalidEventException when it breaks the rule; the message shows the rule
   */
  public static void require(String eventType) {
    if (eventType.length() > LONGEST || !RULE.matcher(eventType).matches()) {
      throw new InvalidEventException(
          "event type '"
              + eventType
              + "' breaks the naming rule; write scope.fact in lower case with underscores inside a word, such as index.rebuilt or llm_call.completed");
    }
  }
}
