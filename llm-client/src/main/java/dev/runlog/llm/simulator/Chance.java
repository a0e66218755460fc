package dev.runlog.llm.simulator;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Chance that follows from a seed and the number of the request. Thread-safe. */
final class Chance {

  private final long seed;
  private final AtomicLong requests = new AtomicLong();

  Chance(long seed) {
    this.seed = seed;
  }

  /** The dice of the next request. */
  SplittableRandom next() {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + requests.incrementAndGet());
  }
}
