package dev.runlog.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.tasks.Probe;
import java.util.HashMap;
import java.util.Map;

/** Answers the probes of a supervisor: gives back what it was given. */
final class ProbeHandler implements TaskHandler {

  @Override
  public ObjectNode handle(TaskContext context) {
    return context.request();
  }

  /** The handlers with one more, for the probes of the worker of this name. */
  static Map<String, TaskHandler> added(Map<String, TaskHandler> handlers, String instanceId) {
    Map<String, TaskHandler> all = new HashMap<>(handlers);
    all.put(Probe.kindFor(instanceId), new ProbeHandler());
    return all;
  }
}
