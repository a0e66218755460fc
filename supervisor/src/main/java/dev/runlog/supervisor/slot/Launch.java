package dev.runlog.supervisor.slot;

import java.util.List;
import java.util.Optional;

/**
 * What a slot starts.
 *
 * @param command the program and its arguments
 * @param revision SHA of the build, empty when it is not known
 */
public record Launch(List<String> command, Optional<String> revision) {

  public Launch {
    command = List.copyOf(command);
  }
}
