package dev.runlog.events.work;

import dev.runlog.events.payload.RevisionFigures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the workers of one build did.
 *
 * @param runs processes started
 * @param crashes how many of them crashed
 * @param samples their attempts that ended
 * @param held the tasks that they hold now, probes apart
 */
public record Work(long runs, long crashes, List<TaskSample> samples, List<HeldTask> held) {

  public Work {
    samples = List.copyOf(samples);
    held = List.copyOf(held);
  }

  /** That of workers that hold no task. */
  public Work(long runs, long crashes, List<TaskSample> samples) {
    this(runs, crashes, samples, List.of());
  }

  /** The kinds of their tasks, probes apart, in alphabetical order. */
  public SortedSet<String> kinds() {
    return Stream.concat(
            samples.stream().filter(sample -> !sample.isProbe()).map(TaskSample::kind),
            held.stream().map(HeldTask::kind))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What of it was work of one kind; processes and crashes are of all kinds. */
  public Work ofKind(String kind) {
    return new Work(
        runs,
        crashes,
        samples.stream().filter(sample -> sample.kind().equals(kind)).toList(),
        held.stream().filter(task -> task.kind().equals(kind)).toList());
  }

  /** How many attempts ended, probes apart. */
  public long tasks() {
    return samples.size() - probes();
  }

  /** How many of these failed. */
  public long failed() {
    return samples.stream().filter(sample -> sample.isFailed() && !sample.isProbe()).count();
  }

  /** How many probes ended. */
  public long probes() {
    return samples.stream().filter(TaskSample::isProbe).count();
  }

  /** How many of these failed. */
  public long failedProbes() {
    return samples.stream().filter(sample -> sample.isFailed() && sample.isProbe()).count();
  }

  /** Durations in milliseconds of the tasks that were done, probes apart, in ascending order. */
  public long[] durations() {
    return measured(TaskSample::durationMillis);
  }

  /** Tokens of each task that was done, probes apart, in ascending order. */
  public long[] tokens() {
    return measured(TaskSample::tokens);
  }

  /** Cost in US dollars of each task that was done and whose cost is known. */
  public double[] costs() {
    return samples.stream()
        .filter(TaskSample::isMeasured)
        .flatMap(sample -> sample.costUsd().stream())
        .mapToDouble(Number::doubleValue)
        .sorted()
        .toArray();
  }

  /** The figures that a build is judged by. */
  public RevisionFigures figures() {
    OptionalDouble tokens = LongStream.of(tokens()).average();
    return new RevisionFigures(
        runs,
        crashes,
        tasks(),
        failed(),
        probes(),
        Quantile.of(durations(), 0.95),
        tokens.isPresent() ? Optional.of(tokens.getAsDouble()) : Optional.empty());
  }

  private long[] measured(Function<TaskSample, Long> figure) {
    return samples.stream()
        .filter(TaskSample::isMeasured)
        .mapToLong(figure::apply)
        .sorted()
        .toArray();
  }
}
