package dev.runlog.supervisor.slot;

import dev.runlog.process.child.ChildCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What runs in a slot.
 *
 * @param instanceId long-lived name of the child, kept through every restart
 * @param role its role, such as {@code worker}
 * @param command the program and its arguments
 * @param env variables that it gets beside those of every child
 * @param logFile file of its output
 */
public record SlotSpec(
    String instanceId, String role, List<String> command, Map<String, String> env, Path logFile) {

  public SlotSpec {
    command = List.copyOf(command);
    env = Map.copyOf(env);
  }

  ChildCommand toChildCommand(Map<String, String> inherited) {
    Map<String, String> all = new java.util.LinkedHashMap<>(inherited);
    all.putAll(env);
    return new ChildCommand(instanceId, role, command, all, logFile);
  }
}
