package dev.runlog.benchmarks.fairness;

import dev.runlog.events.db.Durability;
import dev.runlog.events.db.WriteTurns;
import java.time.Duration;

/**
 * What each process does at the same time as the others.
 *
 * @param turns how they share the write lock
 * @param load how much each appends
 * @param database path of the SQLite file
 */
record Round(WriteTurns turns, Load load, String database) {

  /**
   * How much each process appends.
   *
   * @param threads how many append, each waiting for its commit
   * @param eventsPerSecond of the whole process, 0 for as many as it can
   * @param time for how long
   */
  record Load(Durability durability, int threads, int eventsPerSecond, Duration time) {

    boolean isSaturating() {
      return eventsPerSecond == 0;
    }

    String describe() {
      return isSaturating()
          ? "saturating, durability " + durability.wireName()
          : eventsPerSecond + " events/s each, durability " + durability.wireName();
    }
  }

  /** One line; the path comes last, since it may hold blanks. */
  String toLine() {
    return "%s %s %d %d %d %s"
        .formatted(
            turns,
            load.durability,
            load.threads,
            load.eventsPerSecond,
            load.time.toMillis(),
            database);
  }

  static Round of(String line) {
    String[] words = line.split(" ", 6);
    Load load =
        new Load(
            Durability.valueOf(words[1]),
            Integer.parseInt(words[2]),
            Integer.parseInt(words[3]),
            Duration.ofMillis(Long.parseLong(words[4])));
    return new Round(WriteTurns.valueOf(words[0]), load, words[5]);
  }
}
