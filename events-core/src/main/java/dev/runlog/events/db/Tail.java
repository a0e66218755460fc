package dev.runlog.events.db;

/** Tells a follower of the log how far it may read without missing a late commit. */
@FunctionalInterface
public interface Tail {

  /**
   * The id up to which no further event will appear: each event with that id or a lower one is
   * visible to a read that begins after this returns, or will never be.
   */
  long readableUpTo();
}
