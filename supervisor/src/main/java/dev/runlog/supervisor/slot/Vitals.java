package dev.runlog.supervisor.slot;

import dev.runlog.events.log.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a child's life, and the decision that it hangs. Times are those of the
 * supervisor's {@link dev.runlog.supervisor.health.FairClock}. Not thread-safe.
 */
final class Vitals {

  private final Optional<Duration> bootTimeout;
  private final Duration longestSilence;
  private final Duration spawnedAt;
  private @Nullable RunId run;
  private @Nullable Long lastBeat;
  private Duration lastChange;

  /**
   * @param bootTimeout how long it may take to become a run, empty when it never does
   * @param longestSilence how long its heartbeat may stay the same
   */
  Vitals(Optional<Duration> bootTimeout, Duration longestSilence, Duration spawnedAt) {
    this.bootTimeout = bootTimeout;
    this.longestSilence = longestSilence;
    this.spawnedAt = spawnedAt;
    this.lastChange = spawnedAt;
  }

  /** It logged {@code process.started}. */
  void becameRun(RunId itsRun, Duration now) {
    run = itsRun;
    lastChange = now;
  }

  Optional<RunId> run() {
    return Optional.ofNullable(run);
  }

  /**
   * Takes what the heartbeats say; a run that never beat is not judged by them.
   *
   * @return why the child is taken to hang, empty when it is not
   */
  Optional<String> judge(Duration now, Map<RunId, Long> beats) {
    return run == null ? judgeStart(now) : judgeBeat(now, beats.get(run));
  }

  private Optional<String> judgeStart(Duration now) {
    return bootTimeout
        .filter(longest -> now.minus(spawnedAt).compareTo(longest) >= 0)
        .map(longest -> "no process.started within " + longest.toSeconds() + " s");
  }

  private Optional<String> judgeBeat(Duration now, @Nullable Long beat) {
    if (!Objects.equals(beat, lastBeat)) {
      lastBeat = beat;
      lastChange = now;
    }
    boolean isSilent = beat != null && now.minus(lastChange).compareTo(longestSilence) >= 0;
    return isSilent
        ? Optional.of("no heartbeat for " + longestSilence.toSeconds() + " s")
        : Optional.empty();
  }
}
