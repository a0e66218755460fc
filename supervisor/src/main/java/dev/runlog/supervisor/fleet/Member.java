package dev.runlog.supervisor.fleet;

import dev.runlog.supervisor.restart.RestartRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One entry of a fleet file.
 *
 * @param line where it begins, counted from 1
 * @param role what it is
 * @param instance its long-lived name, empty for one that is made
 * @param count how many of it
 * @param command the program and its arguments; empty for a worker, or a supervisor of the children
 * @param env variables that it gets
 * @param restart when it is started again
 * @param grace how long it may take to end, empty for the usual time
 * @param run how it shows in the tree
 * @param children what it runs itself, as a supervisor
 */
public record Member(
    int line,
    String role,
    Optional<String> instance,
    int count,
    List<String> command,
    Map<String, String> env,
    RestartRule restart,
    Optional<Duration> grace,
    RunMode run,
    List<Member> children) {

  public Member {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    children = List.copyOf(children);
  }

  /** Whether it is the worker that comes with Runlog. */
  public boolean isBuiltInWorker() {
    return command.isEmpty() && children.isEmpty();
  }

  public boolean isSupervisor() {
    return !children.isEmpty();
  }

  /**
   * The long-lived names of all of it; none for built-in workers without a name, which take {@code
   * W00001} and so on.
   */
  public List<String> names() {
    if (instance.isEmpty() && isBuiltInWorker()) {
      return List.of();
    }
    String name = instance.orElse(role);
    return count == 1 && instance.isPresent()
        ? List.of(name)
        : IntStream.rangeClosed(1, count).mapToObj(number -> name + "-" + number).toList();
  }
}
