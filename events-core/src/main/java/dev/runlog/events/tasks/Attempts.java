package dev.runlog.events.tasks;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import java.util.Collection;
import java.util.Optional;

/** Begins attempts and completes them, each with the event that says so. Thread-safe. */
sealed interface Attempts permits StepwiseAttempts, CombinedAttempts {

  /**
   * Takes the task that is due next, empty when none is due.
   *
   * @param kinds the kinds that the caller can run, none when it wants no task
   */
  Optional<Claim> begin(Transaction transaction, Emitter by, Collection<String> kinds);

  /**
   * Ends one attempt and begins the next.
   *
   * @return the next claim, as from {@link #begin}
   * @throws StaleClaimException when the claim no longer holds its task
   */
  Optional<Claim> completeAndBegin(
      Transaction transaction, Emitter by, Completion completion, Collection<String> kinds);
}
