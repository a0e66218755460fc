package dev.runlog.events.tasks;

import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the tasks table.
 *
 * @param id its id
 * @param kind which handler runs it
 * @param state where it is
 * @param priority higher is claimed first
 * @param runAt not claimed before
 * @param attempt attempts begun, less those that a planned stop gave back
 * @param maxAttempts attempts after which it fails for good
 * @param crashes how many workers died while they held it
 * @param uniqueKey at most one queued or claimed task has it
 * @param request what the handler is given, a JSON object as text
 * @param result what the handler answered, a JSON object as text, once done
 * @param error why the last attempt ended without a result
 * @param submittedAt when it was submitted
 * @param submittedBy the run that submitted it
 * @param claimedAt since when it is held, while claimed
 * @param claimedBy the run that holds it, while claimed
 * @param claimEventId the {@code task.claimed} of that claim, while claimed
 * @param cancelRequestedAt when its holder was asked to drop it, empty when it was not
 * @param finishedAt when it ended, once done, failed or cancelled
 */
public record Task(
    TaskId id,
    String kind,
    TaskState state,
    int priority,
    Instant runAt,
    int attempt,
    int maxAttempts,
    int crashes,
    Optional<String> uniqueKey,
    String request,
    Optional<String> result,
    Optional<String> error,
    Instant submittedAt,
    RunId submittedBy,
    Optional<Instant> claimedAt,
    Optional<RunId> claimedBy,
    Optional<EventId> claimEventId,
    Optional<Instant> cancelRequestedAt,
    Optional<Instant> finishedAt) {
  /**
   * Checks that it can be put into the queue again.
   *
   * @throws InvalidTaskException when it is neither failed nor cancelled
   */
  public void requireRetriable() {
    if (state != TaskState.FAILED && state != TaskState.CANCELLED) {
      throw refusal("only a failed or cancelled task can be retried");
    }
  }

  /**
   * Checks that it can be cancelled.
   *
   * @throws InvalidTaskException when it has ended
   */
  public void requireCancellable() {
    if (state.isFinal()) {
      throw refusal("only a queued or claimed task can be cancelled");
    }
  }

  private InvalidTaskException refusal(String rule) {
    return new InvalidTaskException("task " + id + " is " + state.wireName() + "; " + rule);
  }
}
