package dev.runlog.it;

import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.RunningProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each way in which a program comes to open the database, all with the same environment. */
final class EveryProgram {

  private EveryProgram() {}

  /** Runs them side by side; returns how each ended, by what it is for people. */
  static Map<String, Outcome> outcomes(Fleet fleet, Map<String, String> env)
      throws InterruptedException {
    Map<String, RunningProcess> running = new LinkedHashMap<>();
    running.put("supervisor", fleet.start(Program.SUPERVISOR, env, "--drain"));
    running.put("worker", fleet.start(Program.WORKER, env));
    running.put("console that reads", fleet.start(Program.CONSOLE, env, "tasks", "list"));
    running.put(
        "console that writes", fleet.start(Program.CONSOLE, env, "submit", "--prompt", "hello"));
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Map.Entry<String, RunningProcess> program : running.entrySet()) {
      outcomes.put(program.getKey(), program.getValue().awaitEnd());
    }
    return outcomes;
  }
}
