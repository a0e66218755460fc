package dev.runlog.console.render;

import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskState;

/** How far some tasks are, as one line. */
public final class Progress {

  private static final int BAR_WIDTH = 30;

  private Progress() {}

  /** {@code [██████▌···] 7/12 · 2 running · 1 failed}, the bar being the part that is final. */
  public static String bar(TaskCounts counts) {
    String filled = Bar.of(part(counts), BAR_WIDTH);
    return "[" + filled + "·".repeat(BAR_WIDTH - filled.length()) + "]  " + words(counts);
  }

  /** The same without the bar. */
  public static String words(TaskCounts counts) {
    StringBuilder words = new StringBuilder();
    words.append(Humans.number(ended(counts))).append('/').append(Humans.number(counts.total()));
    append(words, counts.of(TaskState.CLAIMED), "running");
    append(words, counts.of(TaskState.FAILED), "failed");
    append(words, counts.of(TaskState.CANCELLED), "cancelled");
    return words.toString();
  }

  private static void append(StringBuilder words, long count, String what) {
    if (count > 0) {
      words.append(" · ").append(Humans.number(count)).append(' ').append(what);
    }
  }

  private static double part(TaskCounts counts) {
    return counts.total() == 0 ? 1 : (double) ended(counts) / counts.total();
  }

  private static long ended(TaskCounts counts) {
    return counts.of(TaskState.DONE) + counts.of(TaskState.FAILED) + counts.of(TaskState.CANCELLED);
  }
}
