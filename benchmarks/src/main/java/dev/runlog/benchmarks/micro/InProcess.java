package dev.runlog.benchmarks.micro;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Trial;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH methods of this package against each other: each measurement is a fork of its own
 * with a warm-up of its own, and the forks take turns.
 */
public final class InProcess implements Benchmark {

  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 2;

  private final BenchOptions options;

  public InProcess(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    List<Sample> counting =
        measure(
            fork(CountingACall.class, "unknown"),
            fork(CountingACall.class, "known"),
            fork(CountingACall.class, "encoded"));
    List<Sample> writing =
        measure(fork(WritingAPayload.class, "written"), fork(WritingAPayload.class, "jackson"));
    print(
        out,
        "what fills a context of 2,000 tokens, ten messages never seen before",
        "jtokkit, the tokens of their texts",
        counting.get(0),
        counting.get(2));
    print(
        out,
        "the same, all messages seen before",
        "the same, none seen before",
        counting.get(1),
        counting.get(0));
    print(
        out,
        "a payload of 20 fields as text without secrets",
        "Jackson alone",
        writing.get(0),
        writing.get(1));
  }

  /** Every fork warms up by itself, so that no round is lost. */
  private List<Sample> measure(Trial... trials) throws Exception {
    return options.forks().measure(List.of(trials));
  }

  private Trial fork(Class<?> benchmark, String method) {
    TimeValue time = TimeValue.milliseconds(options.trial().toMillis());
    Options fork =
        new OptionsBuilder()
            .include("^\\Q" + benchmark.getName() + "." + method + "\\E$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(time)
            .measurementIterations(ITERATIONS)
            .measurementTime(time)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    return () -> new Runner(fork).runSingle().getPrimaryResult().getScore();
  }

  private static void print(
      PrintStream out, String what, String reference, Sample measured, Sample other) {
    Comparison comparison =
        new Comparison(what, reference, measured, other, "µs", Optional.empty());
    out.println(comparison.describe());
  }
}
