package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.RevisionState;

/** Is told of each move of a revision, so that a test can end the process just then. */
public interface TransitionWatch {

  /** Sees nothing. */
  TransitionWatch NONE = new TransitionWatch() {};

  /** Before the transaction of the move. */
  default void before(RevisionState from, RevisionState to) {}

  /** After its commit, before anything is done about it. */
  default void after(RevisionState from, RevisionState to) {}
}
