package dev.runlog.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How often something can be done in a second. */
public final class Rate {

  /** Something that is done again and again. */
  public interface Step {

    /**
     * Does it once.
     *
     * @return how many were done by that
     */
    int run() throws Exception;
  }

  private Rate() {}

  /** The rate of one thread, over at least the duration. */
  public static double perSecond(Duration duration, Step step) throws Exception {
    long begun = System.nanoTime();
    long done = 0;
    do {
      done += step.run();
    } while (System.nanoTime() - begun < duration.toNanos());
    return done * 1e9 / (System.nanoTime() - begun);
  }

  /** The rate of several threads together, each doing the same, over at least the duration. */
  public static double perSecond(Duration duration, int threads, Step step) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        rates.add(executor.submit(() -> perSecond(duration, step)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } finally {
      executor.shutdownNow();
    }
  }
}
