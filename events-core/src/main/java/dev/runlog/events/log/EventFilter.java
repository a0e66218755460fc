package dev.runlog.events.log;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events somebody wants to see.
 *
 * @param type fits their type, empty for any
 * @param run emitted them, empty for any
 * @param instanceId the emitter's long-lived name, empty for any
 * @param role the emitter's role, empty for any
 * @param window when they were logged
 */
public record EventFilter(
    Optional<Glob> type,
    Optional<RunId> run,
    Optional<String> instanceId,
    Optional<String> role,
    TimeWindow window)
    implements Predicate<Event> {

  /** Lets every event pass. */
  public static final EventFilter ANY =
      new EventFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), TimeWindow.ALL);

  public EventFilter ofType(Glob wanted) {
    return new EventFilter(Optional.of(wanted), run, instanceId, role, window);
  }

  public EventFilter ofRun(RunId wanted) {
    return new EventFilter(type, Optional.of(wanted), instanceId, role, window);
  }

  public EventFilter ofInstance(String wanted) {
    return new EventFilter(type, run, Optional.of(wanted), role, window);
  }

  public EventFilter ofRole(String wanted) {
    return new EventFilter(type, run, instanceId, Optional.of(wanted), window);
  }

  public EventFilter in(TimeWindow wanted) {
    return new EventFilter(type, run, instanceId, role, wanted);
  }

  @Override
  public boolean test(Event event) {
    return run.map(wanted -> wanted.equals(event.runId())).orElse(true)
        && type.map(glob -> glob.matches(event.eventType())).orElse(true)
        && instanceId.map(wanted -> wanted.equals(event.emitter().instanceId())).orElse(true)
        && role.map(wanted -> wanted.equals(event.emitter().role())).orElse(true)
        && window.contains(event.timestamp());
  }
}
