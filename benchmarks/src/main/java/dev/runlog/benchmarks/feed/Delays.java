package dev.runlog.benchmarks.feed;

import java.util.List;

/**
 * How long events took from their commit to a follower.
 *
 * @param nanos at least one, in ascending order
 */
record Delays(List<Long> nanos) {

  Delays {
    nanos = nanos.stream().sorted().toList();
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("no event has arrived");
    }
  }

  double medianMillis() {
    return nanos.get(nanos.size() / 2) / 1e6;
  }

  double worstMillis() {
    return nanos.get(nanos.size() - 1) / 1e6;
  }
}
