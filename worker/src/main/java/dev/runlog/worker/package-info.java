/**
 * Claims tasks from the queue and runs their handlers. To build a worker of your own, implement
 * {@link dev.runlog.worker.TaskHandler} and start at {@link dev.runlog.worker.Worker}.
 */
@NullMarked
package dev.runlog.worker;

import org.jspecify.annotations.NullMarked;
