package dev.runlog.events.durability;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** One step that a thread of an {@link Appender} took, and the id of its event. */
record Step(long run, int thread, int step, long id) {

  byte[] toLine() {
    return (run + " " + thread + " " + step + " " + id + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The steps of a file; a last line that was cut off is left out. */
  static List<Step> all(String lines) {
    return lines.substring(0, lines.lastIndexOf('\n') + 1).lines().map(Step::of).toList();
  }

  private static Step of(String line) {
    List<Long> fields = Stream.of(line.split(" ", -1)).map(Long::valueOf).toList();
    return new Step(
        fields.get(0), fields.get(1).intValue(), fields.get(2).intValue(), fields.get(3));
  }

  /** Names the thread among those of all processes. */
  String threadName() {
    return "run " + run + " thread " + thread;
  }
}
