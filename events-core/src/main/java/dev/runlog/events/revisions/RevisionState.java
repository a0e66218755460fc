package dev.runlog.events.revisions;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a revision is. Each move is one transaction with the event that reports it, and always goes
 * to a state further down: who wants to try a build again registers a new attempt.
 */
public enum RevisionState {
  /**
   * Waits for its supervisor. Put here by {@code revision add}. A crash of anybody leaves it here.
   */
  REGISTERED,
  /**
   * Its supervisor runs its self-check. Put here by the supervisor. When that dies, the next one
   * runs the check again.
   */
  VERIFYING,
  /**
   * Passed its check and waits to be promoted. Put here by the supervisor. A crash of anybody
   * leaves it here.
   */
  CANDIDATE,
  /**
   * Has one slot. Put here by the supervisor, before any worker of it is started. When the
   * supervisor dies, the next one begins the trial again in this state, or takes the build back
   * when supervisors keep dying.
   */
  CANARY,
  /**
   * Gets one slot after the other. Put here by the supervisor when the trial went well. When the
   * supervisor dies, the next one begins with one slot and goes on.
   */
  ROLLING,
  /**
   * Has all slots, and may still be taken back. Put here by the supervisor. When that dies, the
   * next one starts all slots with it and waits anew.
   */
  ACTIVE,
  /**
   * What every slot runs and what the next revision falls back to. Put here by the supervisor when
   * nothing went wrong for long enough.
   */
  PERMANENT,
  /** Was permanent until another one was. Put here in the transaction that made the other so. */
  SUPERSEDED,
  /**
   * Never had a task: it failed its check, its file is missing, or a person took it back. Put here
   * by the supervisor, or by a person before the check.
   */
  REJECTED,
  /**
   * Loses its slots, one after the other. Put here by the supervisor when the build did badly or a
   * person asked. When the supervisor dies, the next one starts all slots with the previous build.
   */
  ROLLING_BACK,
  /**
   * Cannot be taken back by the supervisor alone: the previous build is missing or broken. What
   * runs goes on. A person puts the file back and asks for the rollback again.
   */
  INCONSISTENT,
  /** Has no slot any more. Put here by the supervisor once all slots run the previous build. */
  ROLLED_BACK;

  private static final Map<RevisionState, Set<RevisionState>> MOVES = moves();

  /** The name in the column {@code state}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists the names
   */
  public static RevisionState ofWireName(String wireName) {
    return Stream.of(values())
        .filter(state -> state.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + wireName + "' is no state of a revision; there are " + names()));
  }

  /** The states that a revision may go to from here. */
  public Set<RevisionState> next() {
    return MOVES.getOrDefault(this, Set.of());
  }

  /** Whether it is being checked, tried or taken back: only one revision of a supervisor is. */
  public boolean isInFlight() {
    return switch (this) {
      case VERIFYING, CANARY, ROLLING, ACTIVE, ROLLING_BACK, INCONSISTENT -> true;
      case REGISTERED, CANDIDATE, PERMANENT, SUPERSEDED, REJECTED, ROLLED_BACK -> false;
    };
  }

  /** Whether workers of it may be running. */
  public boolean mayHaveSlots() {
    return switch (this) {
      case CANARY, ROLLING, ACTIVE, PERMANENT, ROLLING_BACK, INCONSISTENT -> true;
      case REGISTERED, VERIFYING, CANDIDATE, SUPERSEDED, REJECTED, ROLLED_BACK -> false;
    };
  }

  /** Whether nothing more happens to this attempt. */
  public boolean isFinal() {
    return next().isEmpty();
  }

  private static Map<RevisionState, Set<RevisionState>> moves() {
    Map<RevisionState, Set<RevisionState>> moves = new EnumMap<>(RevisionState.class);
    moves.put(REGISTERED, EnumSet.of(VERIFYING, REJECTED));
    moves.put(VERIFYING, EnumSet.of(CANDIDATE, REJECTED));
    moves.put(CANDIDATE, EnumSet.of(CANARY, REJECTED));
    moves.put(CANARY, EnumSet.of(ROLLING, ROLLING_BACK));
    moves.put(ROLLING, EnumSet.of(ACTIVE, ROLLING_BACK));
    moves.put(ACTIVE, EnumSet.of(PERMANENT, ROLLING_BACK));
    moves.put(PERMANENT, EnumSet.of(SUPERSEDED));
    moves.put(ROLLING_BACK, EnumSet.of(INCONSISTENT, ROLLED_BACK));
    moves.put(INCONSISTENT, EnumSet.of(ROLLED_BACK));
    return moves;
  }

  private static String names() {
    return Stream.of(values()).map(RevisionState::wireName).collect(Collectors.joining(", "));
  }
}
