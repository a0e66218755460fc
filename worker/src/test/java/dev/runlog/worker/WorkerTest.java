package dev.runlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.TaskLine;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.Outage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkerTest {

  @TempDir Path directory;

  @Test
  void runsTheHandlerOfEachKindAndKeepsTheResult() {
    int exitCode =
        new EmbeddedWorker(directory)
            .run(
                List.of(
                    "{\"kind\": \"double\", \"n\": 21}", "{\"kind\": \"shout\", \"text\": \"hi\"}"),
                context ->
                    Map.of(
                        "double",
                            task -> Json.object().put("n", task.request().path("n").asInt() * 2),
                        "shout", task -> Json.object().put("text", "HI")),
                outcome -> {
                  assertThat(outcome.task(0).result()).contains("{\"n\":42}");
                  assertThat(outcome.task(1).result()).contains("{\"text\":\"HI\"}");
                  assertThat(outcome.events().ofRun(outcome.context().runId()))
                      .extracting(Event::eventType)
                      .containsExactly(
                          "process.started",
                          "task.submitted",
                          "task.submitted",
                          "task.claimed",
                          "task.done",
                          "task.claimed",
                          "task.done");
                });
    assertThat(exitCode).isZero();
  }

  @Test
  void linksTheEventsOfAHandlerToTheClaim() {
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"index\"}"),
            context ->
                Map.of(
                    "index",
                    task -> {
                      task.events()
                          .append(
                              new UserEvent(
                                  "index.rebuilt",
                                  Map.of("parent_event_id", task.claimedEvent().value())));
                      return Json.object();
                    }),
            outcome -> {
              Event claimed = outcome.events().ofType(EventType.TASK_CLAIMED).get(0);
              assertThat(outcome.events().ofRun(outcome.context().runId()))
                  .filteredOn(event -> event.eventType().equals("index.rebuilt"))
                  .singleElement()
                  .satisfies(
                      event ->
                          assertThat(event.payload().orElseThrow())
                              .isEqualTo("{\"parent_event_id\":" + claimed.id() + "}"));
            });
  }

  @Test
  void dropsATaskThatIsCancelledWhileItRunsAndGoesOnWithTheNext() {
    CountDownLatch forever = new CountDownLatch(1);
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"endless\"}", "{\"kind\": \"quick\"}"),
            context ->
                Map.of(
                    "endless",
                    task -> {
                      new TaskQueue(context.database(), context.log(), InstantSource.system())
                          .cancel(context.emitter(), task.task().id());
                      forever.await();
                      return Json.object();
                    },
                    "quick",
                    task ->
                        Json.object().put("interrupted", Thread.currentThread().isInterrupted())),
            outcome -> {
              assertThat(outcome.task(0).state()).isEqualTo(TaskState.CANCELLED);
              assertThat(outcome.task(1).result()).contains("{\"interrupted\":false}");
            });
  }

  @Test
  void triesAgainAfterAPassingFailure() {
    AtomicInteger calls = new AtomicInteger();
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"flaky\"}"),
            context ->
                Map.of(
                    "flaky",
                    task -> {
                      if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("not yet");
                      }
                      return Json.object();
                    }),
            outcome -> {
              assertThat(outcome.task(0).state()).isEqualTo(TaskState.DONE);
              assertThat(outcome.task(0).attempt()).isEqualTo(2);
              assertThat(outcome.events().ofType(EventType.TASK_FAILED))
                  .singleElement()
                  .satisfies(
                      event ->
                          assertThat(event.payload().orElseThrow())
                              .contains("\"error\":\"not yet\"", "\"will_retry\":true"));
            });
  }

  @Test
  void failsATaskAtOnceWhenAnotherAttemptCannotHelp() {
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"broken\", \"max_attempts\": 9}"),
            context ->
                Map.of(
                    "broken",
                    task -> {
                      throw new PermanentTaskException("the input makes no sense");
                    }),
            outcome -> {
              assertThat(outcome.task(0).state()).isEqualTo(TaskState.FAILED);
              assertThat(outcome.task(0).attempt()).isEqualTo(1);
              assertThat(outcome.task(0).error()).contains("the input makes no sense");
            });
  }

  @Test
  void claimsNothingMoreOnceItIsAskedToEnd() {
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"last\"}", "{\"kind\": \"last\"}"),
            context ->
                Map.of(
                    "last",
                    task -> {
                      context.shutdown().request("test");
                      return Json.object();
                    }),
            outcome -> {
              assertThat(outcome.task(0).state()).isEqualTo(TaskState.DONE);
              assertThat(outcome.task(1).state()).isEqualTo(TaskState.QUEUED);
              assertThat(outcome.events().ofType(EventType.TASK_CLAIMED)).hasSize(1);
              assertThat(outcome.events().ofType(EventType.TASK_RELEASED)).isEmpty();
            });
  }

  @Test
  void givesATaskBackUntouchedWhenTheEndIsAskedForWhileItIsBeingClaimed() {
    AtomicInteger calls = new AtomicInteger();
    TaskHandler counting =
        task -> {
          calls.incrementAndGet();
          return Json.object();
        };
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"count\"}"),
            context -> Map.of("count", counting),
            outcome -> {
              RunContext context = outcome.context();
              assertThat(context.shutdown().isRequested()).isTrue();
              TaskQueue queue =
                  new TaskQueue(context.database(), context.log(), InstantSource.system());
              queue.submit(context.emitter(), List.of(TaskLine.parse("{\"kind\": \"count\"}")));
              Claim late = queue.claimNext(context.emitter(), Set.of("count")).orElseThrow();
              TaskQuery tasks = new TaskQuery(context.database());
              try (CancelWatch cancels = CancelWatch.start(tasks)) {
                Attempt attempt =
                    new Attempt(
                        context,
                        queue,
                        Map.of("count", counting),
                        () -> Set.of("count"),
                        cancels,
                        new Outage(context.shutdown(), System.err));
                assertThat(attempt.run(late)).isEmpty();
              }
              assertThat(calls).hasValue(1);
              assertThat(tasks.find(late.task().id()).orElseThrow())
                  .satisfies(task -> assertThat(task.state()).isEqualTo(TaskState.QUEUED))
                  .satisfies(task -> assertThat(task.attempt()).isZero());
            });
  }

  @Test
  void givesTheTaskBackWhenItIsInterrupted() {
    new EmbeddedWorker(directory)
        .run(
            List.of("{\"kind\": \"long\"}"),
            context ->
                Map.of(
                    "long",
                    task -> {
                      context.shutdown().request("test");
                      throw new InterruptedException("told to stop");
                    }),
            outcome -> {
              // The flag is left set for the main; the assertions below want to read.
              assertThat(Thread.interrupted()).isTrue();
              assertThat(outcome.task(0).state()).isEqualTo(TaskState.QUEUED);
              assertThat(outcome.task(0).attempt()).isZero();
              assertThat(outcome.events().ofType(EventType.TASK_RELEASED))
                  .singleElement()
                  .satisfies(
                      event ->
                          assertThat(event.payload().orElseThrow())
                              .contains("\"cause\":\"shutdown\""));
            });
  }
}
