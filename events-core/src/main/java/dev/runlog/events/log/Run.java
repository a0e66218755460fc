package dev.runlog.events.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run as the events tell it.
 *
 * @param emitter who it is
 * @param startedAt when its process was started, as its {@code process.started} says; else when it
 *     logged that
 * @param pid process id on {@code host}
 * @param host host name
 * @param state how far it got
 * @param endedAt when its end was logged, empty while it runs
 * @param children the runs that it spawned, in the order of their ids
 */
public record Run(
    Emitter emitter,
    Instant startedAt,
    long pid,
    String host,
    RunState state,
    Optional<Instant> endedAt,
    List<Run> children) {

  public Run {
    children = List.copyOf(children);
  }

  public RunId id() {
    return emitter.runId();
  }
}
