package dev.runlog.events.db;

/** What became of a transaction whose COMMIT was not answered. */
enum CommitFate {
  COMMITTED,
  ABORTED,
  /** The server has not yet noticed that its client is gone. */
  IN_PROGRESS
}
