package dev.runlog.events.revisions;

import java.util.List;

/** Decides whether a build may be registered. */
final class Registration {

  private Registration() {}

  /**
   * Checks a build against all attempts. Supervisors on one database share the jars, one for a SHA,
   * so that all must mean the same by it; each has attempts of its own.
   *
   * @param all the attempts with all supervisors
   * @throws InvalidRevisionException when it may not
   */
  static void check(
      List<Revision> all, String supervisorInstanceId, String revision, String artifactSha256) {
    for (Revision earlier : all) {
      if (earlier.revision().equals(revision)) {
        requireSameContent(earlier, artifactSha256);
        if (earlier.supervisorInstanceId().equals(supervisorInstanceId)) {
          requireOver(earlier);
        }
      }
    }
  }

  /** What never stayed in the fleet may be built again; what did is what its name says. */
  private static void requireSameContent(Revision earlier, String artifactSha256) {
    boolean neverStayed =
        earlier.state() == RevisionState.REJECTED || earlier.state() == RevisionState.ROLLED_BACK;
    if (!neverStayed && !earlier.artifactSha256().equals(artifactSha256)) {
      throw new InvalidRevisionException(
          "revision "
              + earlier.revision()
              + " of "
              + earlier.supervisorInstanceId()
              + " is registered with another content (sha256 "
              + earlier.artifactSha256()
              + "); builds of one SHA must be the same: commit the change and build again");
    }
  }

  private static void requireOver(Revision earlier) {
    if (!earlier.state().isFinal()) {
      throw new InvalidRevisionException(
          "revision "
              + earlier.revision()
              + " is registered already and is "
              + earlier.state().wireName()
              + "; see 'runlog revision show "
              + earlier.revision()
              + "'");
    }
  }
}
