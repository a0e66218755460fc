package dev.runlog.events.revisions;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.RevisionCanary;
import dev.runlog.events.payload.RevisionFacts;
import dev.runlog.events.payload.RevisionInconsistent;
import dev.runlog.events.payload.RevisionPermanent;
import dev.runlog.events.payload.RevisionPromoted;
import dev.runlog.events.payload.RevisionRegistered;
import dev.runlog.events.payload.RevisionRejected;
import dev.runlog.events.payload.RevisionRolledBack;
import dev.runlog.events.payload.RevisionRolling;
import dev.runlog.events.payload.RevisionRollingBack;
import dev.runlog.events.payload.RevisionSuperseded;
import dev.runlog.events.payload.RevisionVerified;
import dev.runlog.events.payload.RevisionVerifying;

/** Which event reports that a revision came into a state. */
final class RevisionEvents {

  private RevisionEvents() {}

  static EventPayload of(RevisionState entered, RevisionFacts facts) {
    return switch (entered) {
      case REGISTERED -> new RevisionRegistered(facts);
      case VERIFYING -> new RevisionVerifying(facts);
      case CANDIDATE -> new RevisionVerified(facts);
      case CANARY -> new RevisionCanary(facts);
      case ROLLING -> new RevisionRolling(facts);
      case ACTIVE -> new RevisionPromoted(facts);
      case PERMANENT -> new RevisionPermanent(facts);
      case SUPERSEDED -> new RevisionSuperseded(facts);
      case REJECTED -> new RevisionRejected(facts);
      case ROLLING_BACK -> new RevisionRollingBack(facts);
      case INCONSISTENT -> new RevisionInconsistent(facts);
      case ROLLED_BACK -> new RevisionRolledBack(facts);
    };
  }
}
