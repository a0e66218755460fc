package dev.runlog.events.log;

/**
 * The rule of event types: {@code scope.fact} in lower case, dots between scopes, underscores
 * inside a word.
 */
public final class EventNames {

  private static final int LONGEST = 100;

  private EventNames() {}

  /**
   * Checks a type.
   *
   * @throws InvalidEventException when it breaks the rule; the message shows the rule
   */
  public static void require(String eventType) {
    if (eventType.length() > LONGEST || !isByTheRule(eventType)) {
      throw new InvalidEventException(
          "event type '"
              + eventType
              + "' breaks the naming rule; write scope.fact in lower case with underscores inside a word, such as index.rebuilt or llm_call.completed");
    }
  }

  /** Every event passes here, so that a pattern would be a tenth of what Runlog adds to its row. */
  private static boolean isByTheRule(String eventType) {
    boolean hasDot = false;
    char before = '.';
    for (int i = 0; i < eventType.length(); i++) {
      char c = eventType.charAt(i);
      boolean mayStand = isSeparator(c) ? !isSeparator(before) : mayFollow(before, c);
      if (!mayStand) {
        return false;
      }
      hasDot |= c == '.';
      before = c;
    }
    return hasDot && !isSeparator(before);
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == '_';
  }

  /** A scope begins with a letter. */
  private static boolean mayFollow(char before, char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && before != '.');
  }
}
