package dev.runlog.console.command;

import dev.runlog.console.Terminal;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a stretch of time. */
final class WindowOptions {

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only from then on: how long ago (90m, 12h, 30d), a date or a time (2030-01-31T12:00).")
  private Optional<PointInTime> since = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "Only before then.")
  private Optional<PointInTime> until = Optional.empty();

  /** The window as seen from now. */
  TimeWindow window(Terminal terminal) {
    Instant now = terminal.clock().instant();
    try {
      return new TimeWindow(
          since.map(time -> time.at(now, terminal.zone())),
          until.map(time -> time.at(now, terminal.zone())));
    } catch (IllegalArgumentException e) {
      throw new ProcessFailure(
          ExitCode.USAGE, "--until is before --since; give the earlier time to --since", e);
    }
  }
}
