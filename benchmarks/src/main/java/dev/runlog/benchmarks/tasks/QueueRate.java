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
 * Tasks a second through Runlog's queue: each is claimed and then done, with two events, by workers
 * that do nothing else. A worker is a thread; it takes its next task in the transaction that ends
 * the one before. All tasks are there before the time begins.
 */
final class QueueRate implements Trial {

  private final List<BenchQueue> queues;
  private final int tasks;

  /**
   * @param queues the queue as each of the workers has it
   */
  QueueRate(List<BenchQueue> queues, int tasks) {
    this.queues = List.copyOf(queues);
    this.tasks = tasks;
  }

  @Override
  public double measure() throws Exception {
    queues.get(0).submit(tasks);
    ExecutorService workers = Executors.newFixedThreadPool(queues.size());
    try {
      long begun = System.nanoTime();
      List<Future<Integer>> counts = new ArrayList<>();
      for (BenchQueue queue : queues) {
        counts.add(workers.submit(() -> drain(queue)));
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

  private static int drain(BenchQueue queue) {
    int done = 0;
    Optional<Claim> claim = queue.claim();
    while (claim.isPresent()) {
      claim = queue.completeAndClaim(claim.get());
      done++;
    }
    return done;
  }
}
