package dev.runlog.events.revisions;

import java.util.List;

/** Decides whether a wish makes sense in the state that a revision is in. */
final class Request {

  private Request() {}

  /**
   * Checks a wish.
   *
   * @throws InvalidRevisionException when it makes none; the message says what does
   */
  static void check(List<Revision> all, Revision revision, Wish wish) {
    switch (wish) {
      case PROMOTE -> checkPromotion(all, revision);
      case ROLLBACK -> checkRollback(revision);
    }
  }

  private static void checkPromotion(List<Revision> all, Revision revision) {
    switch (revision.state()) {
      case REGISTERED, VERIFYING, CANDIDATE -> InFlight.requireNoneBeside(all, revision);
      case CANARY, ROLLING, ACTIVE, PERMANENT -> throw refused(revision, "it is promoted already");
      case ROLLING_BACK, INCONSISTENT -> throw refused(revision, "wait until it is rolled back");
      case SUPERSEDED, REJECTED, ROLLED_BACK ->
          throw refused(revision, "register it again with 'runlog revision add'");
    }
  }

  private static void checkRollback(Revision revision) {
    switch (revision.state()) {
      case REGISTERED, VERIFYING, CANDIDATE, CANARY, ROLLING, ACTIVE, INCONSISTENT -> {}
      case PERMANENT ->
          throw refused(
              revision,
              "it stays until another one takes its place: promote the one that you want back"
                  + revision.previousRevision().map(sha -> ", such as " + sha).orElse(""));
      case ROLLING_BACK -> throw refused(revision, "it is being rolled back already");
      case SUPERSEDED, REJECTED, ROLLED_BACK -> throw refused(revision, "it has no slot any more");
    }
  }

  private static InvalidRevisionException refused(Revision revision, String why) {
    return new InvalidRevisionException(
        "revision " + revision.revision() + " is " + revision.state().wireName() + "; " + why);
  }
}
