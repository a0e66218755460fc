package dev.runlog.process.child;

/** What an operating system takes as the arguments and the environment of a process. */
public final class ProcessText {

  private ProcessText() {}

  /**
   * Returns an argument.
   *
   * @throws IllegalArgumentException when no process can be given it
   */
  public static String requireArgument(String word) {
    requireNoNul("an argument", word);
    return word;
  }

  /**
   * Checks an environment variable.
   *
   * @throws IllegalArgumentException when no process can be given it
   */
  public static void requireVariable(String name, String value) {
    requireNoNul("a variable name", name);
    requireNoNul("the variable " + name, value);
    if (name.isEmpty() || name.contains("=")) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot be the name of an environment variable");
    }
  }

  private static void requireNoNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          what + " holds a NUL character, which no process can be given");
    }
  }
}
