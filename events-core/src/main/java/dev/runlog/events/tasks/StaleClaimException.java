package dev.runlog.events.tasks;

/**
 * The task is no longer held by this claim: its holder was taken for dead and the task given to
 * another. Nothing was changed; {@code task.stale} was logged.
 */
public final class StaleClaimException extends RuntimeException {

  StaleClaimException(Claim claim) {
    super(
        "task "
            + claim.task().id()
            + ", attempt "
            + claim.task().attempt()
            + ": no longer held by run "
            + claim.task().claimedBy().map(Object::toString).orElse("?")
            + "; its outcome is dropped, the task belongs to whoever claimed it since");
  }
}
