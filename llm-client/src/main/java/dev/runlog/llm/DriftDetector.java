package dev.runlog.llm;

import dev.runlog.events.payload.LlmAccountingDrifted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Watches the counts that were called exact against what providers bill. Over a window of calls of
 * one model the mean error may reach a threshold; beyond it, that is told once a window.
 * Thread-safe.
 */
final class DriftDetector {

  private static final int WINDOW_CALLS = 50;
  private static final double THRESHOLD = 0.02;
  private static final int MAX_MODELS = 200;

  private final Map<String, Window> windows = new LinkedHashMap<>();

  private static final class Window {
    int calls;
    double relativeErrors;
    long estimated;
    long reported;
  }

  /** Takes the next call; what it returns is to be logged. */
  synchronized Optional<LlmAccountingDrifted> note(String model, long estimated, long reported) {
    if (reported <= 0 || (windows.size() >= MAX_MODELS && !windows.containsKey(model))) {
      return Optional.empty();
    }
    Window window = windows.computeIfAbsent(model, name -> new Window());
    window.calls++;
    window.relativeErrors += Math.abs(estimated - reported) / (double) reported;
    window.estimated += estimated;
    window.reported += reported;
    return window.calls < WINDOW_CALLS ? Optional.empty() : judged(model, window);
  }

  private Optional<LlmAccountingDrifted> judged(String model, Window window) {
    windows.remove(model);
    double mean = window.relativeErrors / window.calls;
    return mean <= THRESHOLD
        ? Optional.empty()
        : Optional.of(
            new LlmAccountingDrifted(
                model, window.calls, mean, THRESHOLD, window.estimated, window.reported));
  }
}
