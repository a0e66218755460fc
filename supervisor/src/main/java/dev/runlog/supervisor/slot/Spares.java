package dev.runlog.supervisor.slot;

import dev.runlog.process.child.ChildCommand;
import dev.runlog.process.child.ChildProcess;
import dev.runlog.process.child.ChildStartException;
import dev.runlog.process.child.WorkerOption;
import dev.runlog.supervisor.restart.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Processes that were started ahead and wait for a slot to fill, so that a worker that dies is
 * replaced at once. They are no runs and in no table until then. Belongs to the supervisor's
 * thread.
 */
public final class Spares {

  private final int wanted;
  private List<String> command;
  private final Predicate<List<String>> canWait;
  private final Path logFile;
  private final RestartPolicy starts = RestartPolicy.USUAL;
  private final Deque<ChildProcess> idle = new ArrayDeque<>();
  private boolean isWaitingPossible;
  private int lostInARow;
  private long nextStartNanos = System.nanoTime();

  private Spares(int wanted, List<String> command, Predicate<List<String>> canWait, Path logFile) {
    this.wanted = wanted;
    this.command = List.of();
    this.canWait = canWait;
    this.logFile = logFile;
    prepareFor(command);
  }

  /** None at all. */
  public static Spares none() {
    return new Spares(0, List.of(), command -> false, Path.of("none"));
  }

  /**
   * Some that can take the place of children with one command line.
   *
   * @param wanted how many wait at any time
   * @param command the command line of the slots that they can fill; with {@code --spare} it waits
   * @param canWait whether what a command line runs takes {@code --spare}
   * @param logFile where they say what goes wrong while they wait
   */
  public static Spares of(
      int wanted, List<String> command, Predicate<List<String>> canWait, Path logFile) {
    return new Spares(wanted, command, canWait, logFile);
  }

  /** Whether any are to wait. */
  public boolean areWanted() {
    return wanted > 0;
  }

  /** From now on they take the places of children with this command line. */
  public void prepareFor(List<String> wantedCommand) {
    if (areWanted() && !command.equals(wantedCommand)) {
      close();
      command = List.copyOf(wantedCommand);
      isWaitingPossible = canWait.test(command);
      if (!isWaitingPossible) {
        System.err.println(
            "runlog: no spares wait: "
                + command.get(command.size() - 1)
                + " does not say in its manifest that it takes "
                + WorkerOption.SPARE
                + "; workers that die are started anew");
      }
    }
  }

  /** Starts what is missing, one at a time, and ever more slowly when they do not last. */
  public void keep() {
    int before = idle.size();
    idle.removeIf(spare -> !spare.isAlive());
    if (idle.size() < before) {
      lostInARow++;
      nextStartNanos = System.nanoTime() + starts.delayAfter(lostInARow, 0).toNanos();
    }
    if (isWaitingPossible && idle.size() < wanted && System.nanoTime() - nextStartNanos >= 0) {
      start();
    }
  }

  private void start() {
    List<String> waiting = new ArrayList<>(command);
    waiting.add(WorkerOption.SPARE);
    try {
      idle.add(ChildProcess.spawn(new ChildCommand("spare", "spare", waiting, Map.of(), logFile)));
    } catch (ChildStartException e) {
      lostInARow++;
      nextStartNanos = System.nanoTime() + starts.delayAfter(lostInARow, 0).toNanos();
      System.err.println("runlog: spare: " + e.getMessage());
    }
  }

  /** Whether one could take the place of a child with this command. */
  boolean canFill(List<String> wantedCommand) {
    return command.equals(wantedCommand) && idle.stream().anyMatch(ChildProcess::isAlive);
  }

  /** A spare that has become the child of this command; empty when there is none. */
  Optional<ChildProcess> take(ChildCommand child) {
    while (canFill(child.command())) {
      ChildProcess spare = idle.remove();
      if (becomes(spare, child)) {
        lostInARow = 0;
        // The one that takes over comes first, then the next spare.
        nextStartNanos = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        return Optional.of(spare);
      }
    }
    return Optional.empty();
  }

  private static boolean becomes(ChildProcess spare, ChildCommand child) {
    try {
      spare.become(child);
      return true;
    } catch (ChildStartException e) {
      // It died while it waited; another one, or a fresh process, takes its place.
      spare.kill();
      return false;
    }
  }

  /** Ends those that wait. */
  public void close() {
    idle.forEach(ChildProcess::kill);
    idle.clear();
  }
}
