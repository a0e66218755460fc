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
 * @param isSetAside whether it has, or is to have, no child until a person asks
 * @param isOccupied whether there is a child, ready or not
 */
record SlotView(
    String name,
    boolean isFresh,
    boolean isArrived,
    Optional<Duration> readyFor,
    boolean hasGivenUp,
    boolean isSetAside,
    boolean isOccupied) {

  boolean isReady() {
    return isArrived && readyFor.isPresent();
  }

  boolean isReadyFor(Duration time) {
    return isReady() && readyFor.filter(since -> since.compareTo(time) >= 0).isPresent();
  }

  /**
   * The slot whose child may be changed now without fewer than all but one being ready: one without
   * a child, or any when all others are ready, those that are down for good apart.
   *
   * @param wrong whether it runs what it should not run any more
   * @param healthy how long the others must have been ready
   */
  static Optional<SlotView> firstToChange(List<SlotView> slots, boolean wrong, Duration healthy) {
    List<SlotView> candidates = slots.stream().filter(slot -> slot.isFresh() == wrong).toList();
    return candidates.stream()
        .filter(SlotView::costsNoReadiness)
        .findFirst()
        .or(
            () ->
                candidates.stream()
                    .filter(slot -> othersAreReady(slots, slot, healthy))
                    .findFirst());
  }

  private boolean costsNoReadiness() {
    return isSetAside || hasGivenUp || !isOccupied;
  }

  private static boolean othersAreReady(List<SlotView> slots, SlotView one, Duration healthy) {
    return slots.stream()
        .filter(slot -> !slot.name().equals(one.name()))
        .filter(slot -> !slot.isSetAside() && !slot.hasGivenUp())
        .allMatch(slot -> slot.isReadyFor(healthy));
  }
}
