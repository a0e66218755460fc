package dev.runlog.process.child;

/**
 * How much of a child's output is kept in files.
 *
 * @param largestBytes size at which a file is put aside and a new one begun
 * @param oldFiles how many of those put aside are kept, as {@code name.1} (the newest) and so on
 */
public record LogLimits(long largestBytes, int oldFiles) {

  /** 10 MiB a file, three old ones. */
  public static final LogLimits DEFAULT = new LogLimits(10L * 1024 * 1024, 3);

  public LogLimits {
    if (largestBytes < 1 || oldFiles < 0) {
      throw new IllegalArgumentException(
          "log limits of " + largestBytes + " bytes and " + oldFiles + " old files make no sense");
    }
  }
}
