package dev.runlog.it.kit;

import static org.assertj.core.api.Assertions.fail;

import dev.runlog.events.log.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that somebody else started, as its {@code process.started} names it.
 *
 * @param value process id
 * @param startedAt when the operating system started it
 */
public record Pid(long value, Instant startedAt) {

  /** Kernels count start times in ticks, and readers of them round. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** The process that logged this {@code process.started}. */
  public static Pid of(Event processStarted) {
    var payload = Events.payload(processStarted);
    return new Pid(
        payload.path("pid").asLong(), Instant.ofEpochMilli(payload.path("started_at").asLong()));
  }

  public boolean isAlive() {
    return handle().isPresent();
  }

  /** Ends it by SIGKILL; does nothing when it is gone. */
  public void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Waits until it is gone. */
  public void awaitGone(Duration within) throws InterruptedException {
    Optional<ProcessHandle> living = handle();
    if (living.isEmpty()) {
      return;
    }
    try {
      living.get().onExit().get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      fail("pid %d is still alive after %d ms", value, within.toMillis());
    } catch (ExecutionException e) {
      throw new IllegalStateException("wait for the end of pid " + value, e);
    }
  }

  /** Whether this system tells the environment of other processes. */
  public static boolean canTellEnvironment() {
    return Files.isReadable(Path.of("/proc/self/environ"));
  }

  /** The environment that it was started with; only where {@link #canTellEnvironment}. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String variable : environmentText().split("\0", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  private String environmentText() {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(value), "environ"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("read the environment of pid " + value, e);
    }
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(value).filter(ProcessHandle::isAlive).filter(this::isSameProcess);
  }

  private boolean isSameProcess(ProcessHandle handle) {
    return handle
        .info()
        .startInstant()
        .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
        .orElse(true);
  }
}
