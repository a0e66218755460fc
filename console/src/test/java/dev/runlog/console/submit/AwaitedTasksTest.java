package dev.runlog.console.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwaitedTasksTest {

  private final AwaitedTasks tasks = new AwaitedTasks(List.of(new TaskId(1)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          task.claimed   | {"task_id":1}                     | CLAIMED
          task.done      | {"task_id":1}                     | DONE
          task.cancelled | {"task_id":1}                     | CANCELLED
          task.released  | {"task_id":1}                     | QUEUED
          task.retried   | {"task_id":1}                     | QUEUED
          task.failed    | {"task_id":1,"will_retry":true}   | QUEUED
          task.failed    | {"task_id":1,"will_retry":false}  | FAILED
          task.done      | {"task_id":2}                     | QUEUED
          task.done      | {broken                           | QUEUED
          index.rebuilt  | {"task_id":1}                     | QUEUED
          """)
  void movesAsTheEventSays(String type, String payload, TaskState expected) {
    tasks.accept(event(type, payload));

    assertThat(tasks.counts().of(expected)).isEqualTo(1);
    assertThat(tasks.areAllFinal()).isEqualTo(expected.isFinal());
  }

  @Test
  void waitsAgainForATaskThatSomebodyRetries() {
    tasks.accept(event("task.failed", "{\"task_id\":1,\"will_retry\":false}"));
    tasks.accept(event("task.retried", "{\"task_id\":1}"));

    assertThat(tasks.areAllFinal()).isFalse();
  }

  @Test
  void noticesAWorkerThatClaimsOtherTasks() {
    tasks.accept(event("task.claimed", "{\"task_id\":9}"));

    assertThat(tasks.wasAnyClaimed()).isTrue();
    assertThat(tasks.counts().of(TaskState.QUEUED)).isEqualTo(1);
  }

  private static Event event(String type, String payload) {
    Emitter emitter = new Emitter(new RunId(1), Optional.empty(), "W00001", "worker");
    return new Event(new EventId(1), Instant.EPOCH, emitter, type, Optional.of(payload));
  }
}
