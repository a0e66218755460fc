package dev.runlog.benchmarks.measure;

/** One measurement, which can be repeated. */
public interface Trial {

  /** Measures once; what the figure counts is the trial's own to say. */
  double measure() throws Exception;
}
