package dev.runlog.events.revisions;

import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.RevisionComparison;
import dev.runlog.events.payload.RevisionFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the table {@code supervisor_revisions}: one attempt to bring a build into the fleet of a
 * supervisor.
 *
 * @param id its id
 * @param supervisorInstanceId whose workers it is for
 * @param revision git SHA that names the build
 * @param attempt which try of that SHA with that supervisor, counted from 1
 * @param artifactSha256 hash of the jar, in hexadecimal
 * @param state where it is
 * @param previousRevision SHA that it replaces, set at its canary; empty for the worker that came
 *     with the supervisor
 * @param reason why it is in this state
 * @param figures what it was judged by
 * @param resumes how often a supervisor found it in this state when it started
 * @param windowStartEventId from which event on it is compared with the previous one
 * @param registeredAt when it was registered
 * @param registeredBy the run that registered it
 * @param stateSince since when it is in this state
 * @param promoteRequestedAt since when it is to go on
 * @param rollbackRequestedAt since when it is to be taken back
 */
public record Revision(
    long id,
    String supervisorInstanceId,
    String revision,
    int attempt,
    String artifactSha256,
    RevisionState state,
    Optional<String> previousRevision,
    Optional<String> reason,
    Optional<RevisionComparison> figures,
    int resumes,
    Optional<Long> windowStartEventId,
    Instant registeredAt,
    RunId registeredBy,
    Instant stateSince,
    Optional<Instant> promoteRequestedAt,
    Optional<Instant> rollbackRequestedAt) {

  /** What its events say, with a reason and figures of their own. */
  RevisionFacts facts(
      Optional<String> previous, Optional<String> why, Optional<RevisionComparison> numbers) {
    return new RevisionFacts(
        revision, attempt, supervisorInstanceId, previous, artifactSha256, why, numbers);
  }
}
