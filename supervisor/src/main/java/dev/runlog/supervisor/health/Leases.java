package dev.runlog.supervisor.health;

import dev.runlog.events.log.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Decides which holders of tasks have lost them: those whose heartbeat did not change for the time
 * of a lease, wherever they run and whoever watches over them. A holder that never beat is not
 * judged. Not thread-safe.
 */
public final class Leases {

  /** Four times what a supervisor gives its own children, so that it acts first. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  private record Heard(long beat, Duration since) {}

  private final Map<RunId, Heard> heard = new HashMap<>();

  /** The holders whose lease has expired; each is told until it holds nothing any more. */
  public List<RunId> expired(Collection<RunId> holders, Pulse.Look look) {
    heard.keySet().retainAll(holders);
    return holders.stream().filter(holder -> isExpired(holder, look)).toList();
  }

  private boolean isExpired(RunId holder, Pulse.Look look) {
    Long beat = look.beats().get(holder);
    if (beat == null) {
      return false;
    }
    Heard last = heard.get(holder);
    if (last == null || !Objects.equals(last.beat(), beat)) {
      heard.put(holder, new Heard(beat, look.time()));
      return false;
    }
    return look.time().minus(last.since()).compareTo(LEASE) >= 0;
  }
}
