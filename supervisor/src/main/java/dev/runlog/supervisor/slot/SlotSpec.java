package dev.runlog.supervisor.slot;

import dev.runlog.process.child.ChildCommand;
import dev.runlog.supervisor.restart.RestartRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs in a slot.
 *
 * @param instanceId long-lived name of the child, kept through every restart
 * @param role its role, such as {@code worker}
 * @param command the program and its arguments
 * @param env variables that it gets beside those of every child
 * @param logFile file of its output
 * @param restart when it is started again
 * @param bootTimeout how long it may take to log {@code process.started}; empty for a program that
 *     never does, which is no run
 * @param longestSilence how long its heartbeat may stay the same before it is taken to hang
 * @param grace how long it may take to end once it was asked to
 * @param isRevisable whether it is the worker of which revisions take the place
 */
public record SlotSpec(
    String instanceId,
    String role,
    List<String> command,
    Map<String, String> env,
    Path logFile,
    RestartRule restart,
    Optional<Duration> bootTimeout,
    Duration longestSilence,
    Duration grace,
    boolean isRevisable) {

  public static final Duration USUAL_BOOT_TIMEOUT = Duration.ofSeconds(60);

  /** Seven beats missed. */
  public static final Duration USUAL_SILENCE = Duration.ofSeconds(15);

  /** A little more than what a process of Runlog gives itself. */
  public static final Duration USUAL_GRACE = Duration.ofSeconds(33);

  public SlotSpec {
    command = List.copyOf(command);
    env = Map.copyOf(env);
  }

  /** A process of Runlog, always started again. */
  public SlotSpec(
      String instanceId, String role, List<String> command, Map<String, String> env, Path logFile) {
    this(
        instanceId,
        role,
        command,
        env,
        logFile,
        RestartRule.ALWAYS,
        Optional.of(USUAL_BOOT_TIMEOUT),
        USUAL_SILENCE,
        USUAL_GRACE,
        false);
  }

  public SlotSpec withRestart(RestartRule rule) {
    return with(rule, bootTimeout, longestSilence, grace);
  }

  public SlotSpec withBootTimeout(Optional<Duration> longest) {
    return with(restart, longest, longestSilence, grace);
  }

  public SlotSpec withLongestSilence(Duration longest) {
    return with(restart, bootTimeout, longest, grace);
  }

  public SlotSpec withGrace(Duration longest) {
    return with(restart, bootTimeout, longestSilence, longest);
  }

  /** The same for the worker of which revisions take the place. */
  public SlotSpec withRevisions() {
    return new SlotSpec(
        instanceId, role, command, env, logFile, restart, bootTimeout, longestSilence, grace, true);
  }

  private SlotSpec with(
      RestartRule rule, Optional<Duration> boot, Duration silence, Duration drain) {
    return new SlotSpec(
        instanceId, role, command, env, logFile, rule, boot, silence, drain, isRevisable);
  }

  /** Whether the child becomes a run and says in the table how it ends. */
  boolean isRun() {
    return bootTimeout.isPresent();
  }

  ChildCommand toChildCommand(List<String> launched, Map<String, String> inherited) {
    Map<String, String> all = new LinkedHashMap<>(inherited);
    all.putAll(env);
    return new ChildCommand(instanceId, role, launched, all, logFile);
  }
}
