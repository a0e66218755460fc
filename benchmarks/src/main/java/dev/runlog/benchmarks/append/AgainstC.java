package dev.runlog.benchmarks.append;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Rate;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One thread of Runlog against a program in C that does the same inserts. */
public final class AgainstC implements Benchmark {

  private final BenchOptions options;

  public AgainstC(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory())) {
      Optional<NativeProgram> program = NativeProgram.compiledIn(scratch.directory());
      if (program.isEmpty()) {
        out.println("against C: skipped, cc or sqlite3.h with libsqlite3 is not there");
        return;
      }
      out.println(compare(program.get(), Durability.POWER, 1).describe());
      out.println(compare(program.get(), Durability.PROCESS, 100).describe());
    }
  }

  private Comparison compare(NativeProgram program, Durability durability, int batch)
      throws Exception {
    try (Scratch scratch = Scratch.in(options.directory());
        BenchLog log =
            BenchLog.open(new DatabaseSettings(scratch.file("runlog.db").toString(), durability))) {
      Path file = scratch.file("c.db");
      Database.open(new DatabaseSettings(file.toString(), durability)).close();
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      () ->
                          Rate.perSecond(
                              options.trial(),
                              () -> batch == 1 ? log.append() : log.appendTogether(batch)),
                      () -> program.eventsPerSecond(file, durability, batch, options.trial())));
      return new Comparison(
          "one thread, %d event(s) a commit, durability %s".formatted(batch, durability.wireName()),
          "a program in C on libsqlite3",
          samples.get(0),
          samples.get(1),
          "events/s",
          Optional.empty());
    }
  }
}
