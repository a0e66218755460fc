package dev.runlog.benchmarks.torture;

import dev.runlog.benchmarks.measure.Scratch;
import java.time.Duration;
import java.util.Map;

/** A PostgreSQL server that is stopped for a while. */
final class StoppedPostgres implements Torture {

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    Duration length = Duration.ofSeconds(isShort ? 5 : 30);
    try (Scratch scratch = Scratch.temporary();
        StoppableServer server = StoppableServer.in(scratch.directory());
        Chamber chamber = Chamber.over(server.url(), Duration.ofMillis(20), Map.of())) {
      report.say(
          "PostgreSQL stopped " + new Outlasted(chamber, length, Duration.ZERO).by(server::stop));
    }
  }
}
