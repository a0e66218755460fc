package dev.runlog.it.revision;

import dev.runlog.events.revisions.RevisionState;
import java.util.List;

/** Where a supervisor dies: before or after one move of a revision. */
record FailPoint(String when, RevisionState from, RevisionState to) {

  static FailPoint before(RevisionState from, RevisionState to) {
    return new FailPoint("before", from, to);
  }

  static FailPoint after(RevisionState from, RevisionState to) {
    return new FailPoint("after", from, to);
  }

  /** Both, in the order in which one way of a build takes them. */
  static List<FailPoint> around(RevisionState from, RevisionState to) {
    return List.of(before(from, to), after(from, to));
  }

  /** As on a command line, such as {@code before:candidate-canary}. */
  @Override
  public String toString() {
    return when + ":" + from.wireName() + "-" + to.wireName();
  }
}
