package dev.runlog.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Runs the tasks of one kind. A task may be run again after a crash, so a handler that changes
 * something outside of Runlog makes that idempotent, for instance by the task's id.
 */
@FunctionalInterface
public interface TaskHandler {

  /**
   * Does the work of one attempt.
   *
   * @return the result that is kept with the task
   * @throws PermanentTaskException when another attempt cannot help: the task fails at once
   * @throws InterruptedException when the worker was told to stop: the task goes back to the queue;
   *     or when the task was cancelled
   * @throws Exception of any other kind when another attempt may help: the task is retried until
   *     its attempts are used up
   */
  ObjectNode handle(TaskContext context) throws Exception;
}
