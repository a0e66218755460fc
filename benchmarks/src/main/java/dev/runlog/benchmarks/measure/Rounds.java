package dev.runlog.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures several things in turn, A B A B, so that whatever else the machine does meanwhile hits
 * each of them alike.
 *
 * @param warmUps rounds that do not count
 * @param counted rounds that count
 */
public record Rounds(int warmUps, int counted) {

  public Rounds {
    if (warmUps < 0 || counted < 1) {
      throw new IllegalArgumentException(
          warmUps + " warm-ups and " + counted + " rounds; at least one round has to count");
    }
  }

  /**
   * Runs the trials in turn.
   *
   * @return a sample for each trial, in their order
   */
  public List<Sample> measure(List<Trial> trials) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      once(trials);
    }
    List<List<Double>> rounds = new ArrayList<>();
    for (int i = 0; i < counted; i++) {
      rounds.add(once(trials));
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      int trial = i;
      samples.add(new Sample(rounds.stream().map(round -> round.get(trial)).toList()));
    }
    return samples;
  }

  private static List<Double> once(List<Trial> trials) throws Exception {
    List<Double> figures = new ArrayList<>();
    for (Trial trial : trials) {
      figures.add(trial.measure());
    }
    return figures;
  }
}
