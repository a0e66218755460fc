package dev.runlog.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.tasks.Task;

/**
 * What a handler has at hand.
 *
 * @param task the task, claimed by this worker
 * @param claimedEvent the {@code task.claimed} in whose scope the attempt runs; events of the
 *     handler name it as their parent
 * @param events appends events of this worker
 */
public record TaskContext(Task task, EventId claimedEvent, EventAppender events) {

  /** The request as a tree of its own, which the handler may change. */
  public ObjectNode request() {
    return Json.readObject(task.request());
  }
}
