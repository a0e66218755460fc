package dev.runlog.benchmarks.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How long appends waited for their commit, and how many were refused. Not thread-safe. */
final class Waits {

  private final List<Long> micros = new ArrayList<>();
  private int refused;

  void addServed(long nanos) {
    micros.add(nanos / 1000);
  }

  void addRefused() {
    refused++;
  }

  void addAll(Waits other) {
    micros.addAll(other.micros);
    refused += other.refused;
  }

  int served() {
    return micros.size();
  }

  int refused() {
    return refused;
  }

  double longestMillis() {
    return micros.stream().mapToLong(Long::longValue).max().orElse(0) / 1000.0;
  }

  /** What 99 of 100 stayed below; 0 when none was served. */
  double p99Millis() {
    List<Long> sorted = micros.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 99 / 100) / 1000.0;
  }

  String toLine() {
    String served = micros.stream().map(String::valueOf).collect(Collectors.joining(" "));
    return refused + " " + served;
  }

  static Waits of(String line) {
    String[] words = line.strip().split(" ", -1);
    Waits waits = new Waits();
    waits.refused = Integer.parseInt(words[0]);
    for (int i = 1; i < words.length; i++) {
      waits.micros.add(Long.parseLong(words[i]));
    }
    return waits;
  }
}
