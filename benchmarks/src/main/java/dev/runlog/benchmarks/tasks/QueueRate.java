package dev.runlog.benchmarks.tasks;

import dev.runlog.benchmarks.measure.Trial;
import dev.runlog.events.tasks.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tasks a second through Runlog's queue: each is claimed and then done, in two transactions with
 * two events, by threads that do nothing else. All tasks are there before the time begins.
 */
final class QueueRate implements Trial {

  private final BenchQueue queue;
  private final int threads;
  private final int tasks;

  QueueRate(BenchQueue queue, int threads, int tasks) {
    this.queue = queue;
    this.threads = threads;
    this.tasks = tasks;
  }

  @Override
  public double measure() throws Exception {
    queue.submit(tasks);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      long begun = System.nanoTime();
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(workers.submit(this::drain));
      }
      int done = 0;
      for (Future<Integer> count : counts) {
        done += count.get();
      }
      double rate = done * 1e9 / (System.nanoTime() - begun);
      if (done != tasks) {
        throw new IllegalStateException(done + " of " + tasks + " tasks were done");
      }
      return rate;
    } finally {
      workers.shutdownNow();
    }
  }

  private int drain() {
    int done = 0;
    for (Optional<Claim> claim = queue.claim(); claim.isPresent(); claim = queue.claim()) {
      queue.complete(claim.get());
      done++;
    }
    return done;
  }
}
