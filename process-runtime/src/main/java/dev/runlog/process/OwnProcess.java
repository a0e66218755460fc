package dev.runlog.process;

import dev.runlog.events.payload.ProcessStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What this process knows about itself. */
final class OwnProcess {

  private static final String VERSION_OF_A_BUILD_TREE = "dev";

  private final Instant startedAt;
  private final Duration ageAtReading;
  private final long readAtNanos;

  private OwnProcess(Instant startedAt, Duration ageAtReading, long readAtNanos) {
    this.startedAt = startedAt;
    this.ageAtReading = ageAtReading;
    this.readAtNanos = readAtNanos;
  }

  static OwnProcess read() {
    Instant now = Instant.now();
    Instant startedAt = ProcessHandle.current().info().startInstant().orElse(now);
    Duration age = Duration.between(startedAt, now);
    return new OwnProcess(startedAt, age.isNegative() ? Duration.ZERO : age, System.nanoTime());
  }

  /**
   * The payload of the first event.
   *
   * @param program a class of the jar whose version counts
   */
  ProcessStarted describe(Class<?> program) {
    return new ProcessStarted(
        Optional.ofNullable(program.getPackage().getImplementationVersion())
            .orElse(VERSION_OF_A_BUILD_TREE),
        ProcessHandle.current().pid(),
        HostName.ofThisMachine(),
        System.getProperty("java.version"),
        startedAt.toEpochMilli());
  }

  /**
   * Milliseconds since the operating system started the process; a changed clock does not count.
   */
  long uptimeMillis() {
    return ageAtReading.plusNanos(System.nanoTime() - readAtNanos).toMillis();
  }
}
