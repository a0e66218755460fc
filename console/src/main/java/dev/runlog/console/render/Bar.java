package dev.runlog.console.render;

/** A horizontal bar of block letters, in steps of an eighth of a letter. */
public final class Bar {

  private static final String FULL = "█";
  private static final String PARTS = " ▏▎▍▌▋▊▉";

  private Bar() {}

  /**
   * The bar, without spaces at its end; a part above 0 is never invisible.
   *
   * @param part what is filled, from 0 to 1
   * @param width letters of a full bar
   */
  public static String of(double part, int width) {
    double clamped = Math.max(0, Math.min(1, part));
    long eighths = Math.round(clamped * width * 8);
    if (eighths == 0 && clamped > 0) {
      eighths = 1;
    }
    String full = FULL.repeat((int) (eighths / 8));
    int rest = (int) (eighths % 8);
    return rest == 0 ? full : full + PARTS.charAt(rest);
  }
}
