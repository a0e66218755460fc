package dev.runlog.events.log;

import java.util.regex.Pattern;

/**
 * A pattern for names: {@code *} stands for any letters, dots included, {@code ?} for one.
 *
 * @param text the pattern as written
 */
public record Glob(String text) {

  /** Whether the whole name fits. */
  public boolean matches(String name) {
    return toPattern().matcher(name).matches();
  }

  private Pattern toPattern() {
    StringBuilder regex = new StringBuilder();
    text.codePoints()
        .forEach(
            codePoint -> {
              switch (codePoint) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(codePoint)));
              }
            });
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
