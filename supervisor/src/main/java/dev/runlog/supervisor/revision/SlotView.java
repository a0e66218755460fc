package dev.runlog.supervisor.revision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a decision needs to know of a slot.
 *
 * @param name its instance
 * @param isFresh whether the new build is what it is to run
 * @param isArrived whether its child, if there is one, is of the build that it is to run
 * @param readyFor how long its child has been ready, empty when it is not
 * @param hasGivenUp whether it is not started any more after crashes
 * @param isAtRest whether a person stopped it
 */
record SlotView(
    String name,
    boolean isFresh,
    boolean isArrived,
    Optional<Duration> readyFor,
    boolean hasGivenUp,
    boolean isAtRest) {

  boolean isReady() {
    return isArrived && readyFor.isPresent();
  }

  boolean isReadyFor(Duration time) {
    return isReady() && readyFor.filter(since -> since.compareTo(time) >= 0).isPresent();
  }

  /**
   * The slot whose child may be changed now without fewer than all but one being ready: one that is
   * down for good, or any when all others are ready, those that are down for good apart.
   *
   * @param wrong whether it runs what it should not run any more
   * @param healthy how long the others must have been ready
   */
  static Optional<SlotView> firstToChange(List<SlotView> slots, boolean wrong, Duration healthy) {
    List<SlotView> candidates = slots.stream().filter(slot -> slot.isFresh() == wrong).toList();
    return candidates.stream()
        .filter(slot -> slot.isAtRest() || slot.hasGivenUp())
        .findFirst()
        .or(
            () ->
                candidates.stream()
                    .filter(slot -> othersAreReady(slots, slot, healthy))
                    .findFirst());
  }

  private static boolean othersAreReady(List<SlotView> slots, SlotView one, Duration healthy) {
    return slots.stream()
        .filter(slot -> !slot.name().equals(one.name()))
        .filter(slot -> !slot.isAtRest() && !slot.hasGivenUp())
        .allMatch(slot -> slot.isReadyFor(healthy));
  }
}
