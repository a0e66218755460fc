package dev.runlog.benchmarks.queries;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.benchmarks.measure.Trial;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The everyday questions to a large log, against the same ones to a small log. */
public final class QuerySpeed implements Benchmark {

  private static final long SMALL_ROWS = 100_000;
  private static final int LIMIT = 100;
  private static final int REPEATS = 100;
  private static final Target TARGET = Target.atMost(1.3);

  private final BenchOptions options;

  public QuerySpeed(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    EventFile large = EventFile.in(options.directory(), options.rows());
    EventFile small = EventFile.in(options.directory(), Math.min(SMALL_ROWS, options.rows()));
    try (Database inLarge = Database.openReadOnly(large.settings());
        Database inSmall = Database.openReadOnly(small.settings())) {
      EventQuery ofLarge = new EventQuery(inLarge);
      EventQuery ofSmall = new EventQuery(inSmall);
      compare(
          out,
          "the last " + LIMIT + " events",
          new Asked(ofLarge, large, query -> query.last(LIMIT)),
          new Asked(ofSmall, small, query -> query.last(LIMIT)));
      compare(
          out,
          "one run of " + Fleet.EVENTS_OF_WORKER + " events",
          runOfWorker(ofLarge, large),
          runOfWorker(ofSmall, small));
      compare(
          out,
          "the " + LIMIT + " events after an id",
          after(ofLarge, large),
          after(ofSmall, small));
    }
  }

  /** A question to a file, asked so often that one measurement takes a while. */
  private record Asked(EventQuery query, EventFile file, Function<EventQuery, List<Event>> question)
      implements Trial {

    @Override
    public double measure() {
      long begun = System.nanoTime();
      for (int i = 0; i < REPEATS; i++) {
        if (question.apply(query).isEmpty()) {
          throw new IllegalStateException("no events found in " + file.path());
        }
      }
      return (System.nanoTime() - begun) / 1e3 / REPEATS;
    }
  }

  private void compare(PrintStream out, String what, Asked large, Asked small) throws Exception {
    List<Sample> samples = options.inRounds().measure(List.of(large, small));
    out.println(
        new Comparison(
                "%s, of %,d".formatted(what, large.file.rows()),
                "the same of %,d".formatted(small.file.rows()),
                samples.get(0),
                samples.get(1),
                "µs",
                Optional.of(TARGET))
            .describe());
  }

  /** The first worker of the fleet in the middle. */
  private static Asked runOfWorker(EventQuery query, EventFile file) {
    RunId supervisor = new RunId(file.firstIdOfFleet(file.fleets() / 2));
    RunId worker = query.childrenOf(supervisor).get(0).runId();
    return new Asked(query, file, events -> events.ofRun(worker));
  }

  private static Asked after(EventQuery query, EventFile file) {
    long id = file.rows() / 2;
    return new Asked(query, file, events -> events.after(id, LIMIT));
  }
}
