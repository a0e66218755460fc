package dev.runlog.events.payload;

import java.util.Optional;

/**
 * What every event of a revision says.
 *
 * @param revision git SHA that names the build
 * @param attempt which try of that SHA, counted from 1
 * @param supervisorInstanceId whose workers it is for
 * @param previousRevision SHA that it replaces, absent before its canary, and for the worker that
 *     came with the supervisor
 * @param artifactSha256 hash of the jar, in hexadecimal
 * @param reason why, absent where the event says it all
 * @param figures what it was judged by, absent when it was not
 */
public record RevisionFacts(
    String revision,
    int attempt,
    String supervisorInstanceId,
    Optional<String> previousRevision,
    String artifactSha256,
    Optional<String> reason,
    Optional<RevisionComparison> figures) {}
