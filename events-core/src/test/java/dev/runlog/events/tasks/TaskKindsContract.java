package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Kinds that are paused or limited. */
abstract class TaskKindsContract extends QueueContract {

  @Test
  void leavesTasksOfAPausedKindInTheQueue() {
    submit("{\"prompt\": \"a\"}");
    kinds.pause(console, "chat");

    assertThat(queue.claimNext(worker, CHAT)).isEmpty();
    assertThat(tasks.isAnyDue(CHAT, now)).isFalse();
    assertThat(kinds.rules())
        .containsExactly(new TaskKinds.Rule("chat", Optional.of(now), Optional.empty()));

    kinds.resume(console, "chat");
    assertThat(queue.claimNext(worker, CHAT)).isPresent();
    assertThat(kinds.rules()).isEmpty();
    assertThat(typesOf(console)).contains("task_kind.paused", "task_kind.resumed");
  }

  @Test
  void claimsNoMoreOfAKindThanItsLimit() {
    for (int i = 0; i < 3; i++) {
      submit("{\"kind\": \"index\"}");
    }
    submit("{\"prompt\": \"a\"}");
    kinds.limit(console, "index", Optional.of(2));
    Set<String> both = Set.of("index", "chat");

    Claim first = queue.claimNext(worker, both).orElseThrow();
    assertThat(queue.claimNext(worker, both)).isPresent();
    assertThat(queue.claimNext(worker, both).orElseThrow().task().kind()).isEqualTo("chat");
    assertThat(queue.claimNext(worker, both)).isEmpty();

    queue.complete(worker, first, "{}");
    assertThat(queue.claimNext(worker, both)).isPresent();
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> kinds.limit(console, "index", Optional.of(0)))
        .withMessageContaining("give at least 1, or pause the kind");
  }

  @Test
  void keepsTheLimitWhenManyClaimAtOnce() throws Exception {
    int limit = 3;
    Set<String> index = Set.of("index");
    queue.submit(
        console,
        IntStream.range(0, 150).mapToObj(i -> TaskLine.parse("{\"kind\": \"index\"}")).toList());
    kinds.limit(console, "index", Optional.of(limit));
    AtomicInteger held = new AtomicInteger();
    AtomicInteger mostHeld = new AtomicInteger();
    fromManySides(
        mine -> {
          while (tasks.counts().of(TaskState.QUEUED) > 0) {
            Optional<Claim> claim = mine.claimNext(worker, index);
            while (claim.isPresent()) {
              mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
              held.decrementAndGet();
              claim = mine.completeAndClaimNext(worker, claim.get(), "{}", () -> index);
            }
          }
        });
    assertThat(mostHeld.get()).isBetween(1, limit);
    assertThat(tasks.counts().of(TaskState.DONE)).isEqualTo(150);
  }

  @Test
  void aCompletedTaskLeavesItsPlaceUnderTheLimitToTheNextOne() {
    submit("{\"kind\": \"index\"}");
    TaskId second = submit("{\"kind\": \"index\"}");
    kinds.limit(console, "index", Optional.of(1));
    Claim first = queue.claimNext(worker, Set.of("index")).orElseThrow();

    Optional<Claim> next =
        queue.completeAndClaimNext(worker, first, "{}", () -> Set.of("index", "chat"));

    assertThat(next).map(claim -> claim.task().id()).contains(second);
    assertThat(queue.claimNext(worker, Set.of("index"))).isEmpty();
    assertThat(typesOf(worker))
        .containsExactly("process.started", "task.claimed", "task.done", "task.claimed");
  }
}
