package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import java.util.List;
import org.junit.jupiter.api.Test;

class GarbageTest {

  @Test
  void keepsTheLastThreeThatStayedAndAllThatAreNotOver() {
    List<Revision> newestFirst =
        List.of(
            revision(8, "8", RevisionState.CANDIDATE),
            revision(7, "7", RevisionState.CANARY),
            revision(6, "6", RevisionState.ROLLED_BACK),
            revision(5, "5", RevisionState.PERMANENT),
            revision(4, "4", RevisionState.SUPERSEDED),
            revision(3, "3", RevisionState.SUPERSEDED),
            revision(2, "2", RevisionState.SUPERSEDED),
            revision(1, "1", RevisionState.REJECTED));
    assertThat(Garbage.among(newestFirst)).containsExactlyInAnyOrder("6", "2", "1");
  }

  /** One that waited as a candidate was registered before others that came and went. */
  @Test
  void theLastOnesAreThoseThatWerePermanentLast() {
    List<Revision> newestFirst =
        List.of(
            revision(5, "5", RevisionState.SUPERSEDED, 30),
            revision(4, "4", RevisionState.SUPERSEDED, 20),
            revision(3, "3", RevisionState.SUPERSEDED, 10),
            revision(2, "2", RevisionState.PERMANENT, 50),
            revision(1, "1", RevisionState.SUPERSEDED, 40));
    assertThat(Garbage.among(newestFirst)).containsExactlyInAnyOrder("4", "3");
  }

  @Test
  void keepsWhatAnotherAttemptNeeds() {
    List<Revision> newestFirst =
        List.of(
            revision(2, "1", RevisionState.REGISTERED), revision(1, "1", RevisionState.REJECTED));
    assertThat(Garbage.among(newestFirst)).isEmpty();
  }

  /** Each has been in its state since the next one was registered. */
  private static Revision revision(long id, String sha, RevisionState state) {
    return revision(id, sha, state, id);
  }

  private static Revision revision(long id, String sha, RevisionState state, long sinceMillis) {
    return SampleRevision.in(state).of(id, sha).since(sinceMillis).unasked();
  }
}
