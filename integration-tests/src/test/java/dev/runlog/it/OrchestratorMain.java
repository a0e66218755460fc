package dev.runlog.it;

import dev.runlog.it.kit.Program;
import dev.runlog.process.Executable;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.child.ChildCommand;
import dev.runlog.process.child.ChildProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process above the supervisor, as a user might write one: it starts {@code supervisor.jar} with
 * its own arguments, passes the request to end on, and ends with the supervisor's exit code.
 */
public final class OrchestratorMain {

  private static final String CHILD = "supervisor-of-the-test";

  private OrchestratorMain() {}

  public static void main(String[] args) {
    Executable orchestrator = Executable.named("orchestrator", "orchestrator-main");
    System.exit(
        new ProcessStartup(orchestrator, Surroundings.ofThisProcess(System.getenv()))
            .run(context -> superviseWith(context, Program.SUPERVISOR.command(args))));
  }

  private static int superviseWith(RunContext context, List<String> command) {
    Map<String, String> env = new LinkedHashMap<>();
    context.childEnvironment().injectInto(env, CHILD);
    Path log = context.database().localPath().resolveSibling(CHILD + ".log");
    ChildProcess child =
        ChildProcess.spawn(new ChildCommand(CHILD, "supervisor", command, env, log));
    context.shutdown().onRequest(child::terminate);
    return child.onExit().join().exitCode();
  }
}
