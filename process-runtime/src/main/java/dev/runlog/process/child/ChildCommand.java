package dev.runlog.process.child;

import dev.runlog.process.settings.InstanceName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is needed to start a child process, of any language.
 *
 * @param instanceId long-lived name of the child
 * @param role its role, such as {@code worker}
 * @param command the program and its arguments, passed on as they are, without a shell
 * @param env variables that are set beside, or instead of, those of this process
 * @param logFile file that standard output and error are appended to; its directory is made
 */
public record ChildCommand(
    String instanceId, String role, List<String> command, Map<String, String> env, Path logFile) {

  /**
   * Checks what the operating system would refuse with a message of its own.
   *
   * @throws IllegalArgumentException when there is no program, or a name or text that no process
   *     can be given
   */
  public ChildCommand {
    InstanceName.require(instanceId);
    command = List.copyOf(command);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    if (command.isEmpty() || command.get(0).isBlank()) {
      throw new IllegalArgumentException("the command of " + instanceId + " is empty");
    }
    try {
      command.forEach(ProcessText::requireArgument);
      env.forEach(ProcessText::requireVariable);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("start " + instanceId + ": " + e.getMessage(), e);
    }
  }
}
