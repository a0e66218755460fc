package dev.runlog.console.ps;

import dev.runlog.console.render.Style;
import java.util.Locale;

/** How something that should run is doing. */
public enum LiveState {
  /** A process was started that has not logged {@code process.started} yet. */
  STARTING(Style.YELLOW),
  /** Nothing says otherwise. */
  RUNNING(Style.GREEN),
  /** No end is logged, but this machine has no such process; a supervisor will close the run. */
  GONE(Style.RED),
  /** It crashed, and its supervisor starts it again when the delay is over. */
  BACKOFF(Style.YELLOW),
  /** It ended, and nothing starts it again by itself. */
  STOPPED(Style.DIM),
  /** Its supervisor gave up. */
  FATAL(Style.RED);

  private final Style style;

  LiveState(Style style) {
    this.style = style;
  }

  Style style() {
    return style;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
