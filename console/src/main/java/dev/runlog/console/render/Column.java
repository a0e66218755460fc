package dev.runlog.console.render;

/**
 * A column of a table.
 *
 * @param title its heading
 * @param isRight whether its cells end at the same place, as numbers should
 * @param least to how many columns of the terminal it may be cut when the table is too wide; its
 *     own width when it may not
 */
public record Column(String title, boolean isRight, int least) {

  private static final int NEVER_CUT = Integer.MAX_VALUE;

  /** Text that is shown in full. */
  public static Column text(String title) {
    return new Column(title, false, NEVER_CUT);
  }

  /** Text that may be cut, but not below so many columns of the terminal. */
  public static Column cuttable(String title, int least) {
    return new Column(title, false, least);
  }

  public static Column number(String title) {
    return new Column(title, true, NEVER_CUT);
  }
}
