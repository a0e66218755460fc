package dev.runlog.console.render;

import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Task;
import java.time.ZoneId;

/** The short columns of a task, for people. */
public final class TaskFields {

  private TaskFields() {}

  public static FieldList of(Task task, ZoneId zone) {
    FieldList fields =
        new FieldList()
            .add("id", task.id())
            .add("kind", task.kind())
            .add("state", task.state().wireName())
            .add("priority", task.priority())
            .add("attempt", task.attempt() + " of " + task.maxAttempts())
            .add("crashes", task.crashes())
            .add(
                "submitted",
                Humans.time(task.submittedAt(), zone) + " by run " + task.submittedBy())
            .add("run_at", Humans.time(task.runAt(), zone));
    task.uniqueKey().ifPresent(key -> fields.add("unique_key", key));
    task.claimedAt()
        .ifPresent(
            at ->
                fields.add(
                    "claimed",
                    Humans.time(at, zone)
                        + " by run "
                        + task.claimedBy().map(RunId::toString).orElse(Humans.NOTHING)));
    task.cancelRequestedAt().ifPresent(at -> fields.add("cancel asked", Humans.time(at, zone)));
    task.finishedAt().ifPresent(at -> fields.add("finished", Humans.time(at, zone)));
    task.error().ifPresent(error -> fields.add("error", error));
    return fields;
  }
}
