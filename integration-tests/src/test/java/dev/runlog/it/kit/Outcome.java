package dev.runlog.it.kit;

import java.util.List;

/**
 * How a process ended.
 *
 * @param exitCode exit code; 128 plus the signal's number when a signal ended it
 * @param out lines of standard output
 * @param err lines of standard error
 */
public record Outcome(int exitCode, List<String> out, List<String> err) {

  public Outcome {
    out = List.copyOf(out);
    err = List.copyOf(err);
  }
}
