package dev.runlog.events.revisions;

import static dev.runlog.events.schema.Tables.SUPERVISOR_REVISIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.StoreContract;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.payload.RevisionComparison;
import dev.runlog.events.payload.RevisionFigures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class RevisionStoreContract extends StoreContract {

  private static final String MAIN = "supervisor-main";
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final RevisionComparison FIGURES =
      new RevisionComparison(
          60_000,
          new RevisionFigures(1, 2, 20, 3, 4, Optional.of(150L), Optional.of(12.5)),
          RevisionFigures.NONE);

  private RevisionStore store;
  private RevisionQuery query;
  private Emitter supervisor;

  @BeforeEach
  void openRevisions() {
    store = new RevisionStore(database, log, clock);
    query = new RevisionQuery(database);
    supervisor = root(MAIN, "supervisor");
  }

  @Test
  void aGoodBuildGoesThroughAllStatesEachWithItsEvent() {
    Revision revision = walk(register(A), good());

    assertThat(revision.state()).isEqualTo(RevisionState.PERMANENT);
    assertThat(types())
        .containsExactly(
            "revision.registered",
            "revision.verifying",
            "revision.verified",
            "revision.canary",
            "revision.rolling",
            "revision.promoted",
            "revision.permanent");
    JsonNode promoted = payload("revision.promoted");
    assertThat(promoted.path("revision").asText()).isEqualTo(A);
    assertThat(promoted.path("attempt").asInt()).isEqualTo(1);
    assertThat(promoted.path("artifact_sha256").asText()).isEqualTo(HASH);
    assertThat(promoted.path("supervisor_instance_id").asText()).isEqualTo(MAIN);
    assertThat(promoted.path("previous_revision").isNull()).isTrue();
    assertThat(revision.windowStartEventId())
        .contains(events("revision.canary").get(0).id().value());
  }

  @Test
  void theNextPermanentOneSupersedesTheOneBefore() {
    Revision first = walk(register(A), good());
    Revision second = walk(register(B), good());

    assertThat(query.find(first.id()).orElseThrow().state()).isEqualTo(RevisionState.SUPERSEDED);
    assertThat(second.previousRevision()).contains(A);
    assertThat(payload("revision.superseded").path("revision").asText()).isEqualTo(A);
    assertThat(types()).endsWith("revision.superseded", "revision.permanent");
  }

  @Test
  void whatWasJudgedBadlyKeepsTheFiguresThroughItsRollback() {
    Revision canary =
        walk(
            register(A),
            List.of(RevisionState.VERIFYING, RevisionState.CANDIDATE, RevisionState.CANARY));
    store.move(
        supervisor,
        canary,
        RevisionState.ROLLING_BACK,
        Optional.of("2 crashes in 20 tasks"),
        Optional.of(FIGURES));
    Revision back =
        step(query.find(canary.id()).orElseThrow(), RevisionState.ROLLED_BACK, "2 crashes");

    assertThat(back.figures()).contains(FIGURES);
    JsonNode figures = payload("revision.rolled_back").path("figures");
    assertThat(figures.path("revision").path("crashes").asInt()).isEqualTo(2);
    assertThat(figures.path("window_ms").asLong()).isEqualTo(60_000);
    assertThat(types()).doesNotContain("revision.promoted");
  }

  @Test
  void onlyTheFirstOfTwoMovesIsDone() {
    Revision registered = register(A);
    assertThat(move(registered, RevisionState.VERIFYING)).isTrue();
    assertThat(move(registered, RevisionState.REJECTED)).isFalse();
    assertThat(types()).containsExactly("revision.registered", "revision.verifying");
  }

  @Test
  void aWishToTakeItBackComesBeforeItStays() {
    Revision active = walk(register(A), good().subList(0, 5));
    store.request(supervisor, active, Wish.ROLLBACK);

    assertThat(move(active, RevisionState.PERMANENT)).as("seen before the wish").isFalse();
    assertThat(move(active, RevisionState.ROLLING_BACK)).isTrue();
    assertThat(types()).doesNotContain("revision.permanent");
  }

  @Test
  void oneOfManyWhoMoveAtOnceWins() {
    Revision registered = register(A);
    try (Database other = open()) {
      RevisionStore there = new RevisionStore(other, log, clock);
      List<CompletableFuture<Boolean>> moves =
          Stream.of(store, there, store, there)
              .map(
                  which ->
                      CompletableFuture.supplyAsync(
                          () ->
                              which.move(
                                  supervisor,
                                  registered,
                                  RevisionState.VERIFYING,
                                  Optional.empty(),
                                  Optional.empty())))
              .toList();
      assertThat(moves).extracting(CompletableFuture::join).containsOnlyOnce(true);
    }
  }

  @Test
  void aRowNeverGoesBack() {
    Revision rejected =
        step(step(register(A), RevisionState.VERIFYING, ""), RevisionState.REJECTED, "no");
    assertThatThrownBy(() -> move(rejected, RevisionState.VERIFYING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a revision that is rejected never becomes verifying");
  }

  @Test
  void aSecondTryIsANewAttemptOfTheSameSha() {
    step(step(register(A), RevisionState.VERIFYING, ""), RevisionState.REJECTED, "no");
    Revision again = register(A);

    assertThat(again.attempt()).isEqualTo(2);
    assertThat(query.of(MAIN)).extracting(Revision::attempt).containsExactly(2, 1);
    assertThat(query.newest(MAIN, "aaaaaaa")).contains(again);
  }

  @Test
  void twoRevisionsAreNeverInFlightTogether() {
    step(register(A), RevisionState.VERIFYING, "");
    Revision waiting = register(B);

    assertThatThrownBy(() -> move(waiting, RevisionState.VERIFYING))
        .isInstanceOf(InvalidRevisionException.class)
        .hasMessageContaining("revision " + B + " must wait: " + A + " is verifying");
    assertThatThrownBy(() -> store.request(supervisor, waiting, Wish.PROMOTE))
        .isInstanceOf(InvalidRevisionException.class)
        .hasMessageContaining("must wait");
    assertThat(query.find(waiting.id())).contains(waiting);
  }

  @Test
  void theTableItselfRefusesTwoInFlightAndTwoPermanent() {
    for (RevisionState state : List.of(RevisionState.CANARY, RevisionState.PERMANENT)) {
      forceInto(state, register(state == RevisionState.CANARY ? A : "c".repeat(40)));
      Revision other = register(state == RevisionState.CANARY ? B : "d".repeat(40));
      assertThatThrownBy(() -> forceInto(state, other)).isInstanceOf(DatabaseException.class);
    }
  }

  @Test
  void supervisorsOfOtherNamesHaveRevisionsOfTheirOwn() {
    walk(register(A), good());
    Revision other = store.register(supervisor, "supervisor-second", A, HASH, true);
    assertThat(other.attempt()).isEqualTo(1);
    assertThat(other.promoteRequestedAt()).contains(NOW);
    assertThat(walk(other, good()).previousRevision()).isEmpty();
  }

  @Test
  void supervisorsThatShareTheJarsMeanTheSameByASha() {
    walk(register(A), good());
    String other = "f".repeat(64);
    assertThatThrownBy(() -> query.requireFree("supervisor-second", A, other))
        .isInstanceOf(InvalidRevisionException.class)
        .hasMessageContaining("revision " + A + " of " + MAIN + " is registered with another");
    assertThatThrownBy(() -> store.register(supervisor, "supervisor-second", A, other, false))
        .isInstanceOf(InvalidRevisionException.class);
  }

  @Test
  void takesBackAtOnceWhatHasNoSlotYet() {
    Revision registered = register(A);
    store.request(supervisor, registered, Wish.ROLLBACK);
    Revision now = query.find(registered.id()).orElseThrow();
    assertThat(now.state()).isEqualTo(RevisionState.REJECTED);
    assertThat(now.reason()).hasValueSatisfying(why -> assertThat(why).contains("taken back"));
    assertThat(payload("revision.requested").path("wish").asText()).isEqualTo("rollback");
  }

  @Test
  void refusesWishesThatMakeNoSense() {
    Revision permanent = walk(register(A), good());
    assertThatThrownBy(() -> store.request(supervisor, permanent, Wish.PROMOTE))
        .hasMessage("revision " + A + " is permanent; it is promoted already");
    assertThatThrownBy(() -> store.request(supervisor, permanent, Wish.ROLLBACK))
        .hasMessageContaining("promote the one that you want back");
  }

  @Test
  void refusesAnotherContentUnderTheSameSha() {
    walk(register(A), good());
    assertThatThrownBy(() -> store.register(supervisor, MAIN, A, "f".repeat(64), false))
        .isInstanceOf(InvalidRevisionException.class)
        .hasMessageContaining("builds of one SHA must be the same");
    assertThatThrownBy(() -> register("main")).hasMessageContaining("'main' is no git SHA");
  }

  @Test
  void countsHowOftenASupervisorFoundItInTheSameState() {
    Revision verifying = step(register(A), RevisionState.VERIFYING, "");
    Revision resumed = store.resume(supervisor, store.resume(supervisor, verifying));
    assertThat(resumed.resumes()).isEqualTo(2);
    assertThat(step(resumed, RevisionState.CANDIDATE, "").resumes()).isZero();
    assertThat(events("revision.resumed")).hasSize(2);
  }

  @Test
  void asksForMoreOfAShaThatFitsSeveral() {
    register("abcdef1" + "0".repeat(33));
    register("abcdef1" + "1".repeat(33));
    assertThatThrownBy(() -> query.newest(MAIN, "abcdef1"))
        .hasMessageContaining("write more of it");
    assertThat(query.newest(MAIN, "abcdef10")).isPresent();
    assertThat(query.newest(MAIN, "fffffff")).isEmpty();
  }

  private static List<RevisionState> good() {
    return List.of(
        RevisionState.VERIFYING,
        RevisionState.CANDIDATE,
        RevisionState.CANARY,
        RevisionState.ROLLING,
        RevisionState.ACTIVE,
        RevisionState.PERMANENT);
  }

  private Revision register(String sha) {
    return store.register(supervisor, MAIN, sha, HASH, false);
  }

  private Revision walk(Revision from, List<RevisionState> states) {
    Revision now = from;
    for (RevisionState state : states) {
      now = step(now, state, "");
    }
    return now;
  }

  private Revision step(Revision from, RevisionState to, String reason) {
    assertThat(
            store.move(
                supervisor,
                from,
                to,
                Optional.of(reason).filter(why -> !why.isEmpty()),
                Optional.empty()))
        .isTrue();
    return query.find(from.id()).orElseThrow();
  }

  private boolean move(Revision from, RevisionState to) {
    return store.move(supervisor, from, to, Optional.empty(), Optional.empty());
  }

  private void forceInto(RevisionState state, Revision revision) {
    database.write(
        transaction ->
            transaction
                .sql()
                .update(SUPERVISOR_REVISIONS)
                .set(SUPERVISOR_REVISIONS.STATE, state.wireName())
                .where(SUPERVISOR_REVISIONS.ID.eq(revision.id()))
                .execute());
  }

  private List<String> types() {
    return committed.stream()
        .map(Event::eventType)
        .filter(type -> type.startsWith("revision."))
        .toList();
  }

  private List<Event> events(String type) {
    return committed.stream().filter(event -> event.eventType().equals(type)).toList();
  }

  private JsonNode payload(String type) {
    return Json.readObject(events(type).get(0).payload().orElseThrow());
  }
}
