package dev.runlog.supervisor.demo;

import dev.runlog.process.RunContext;
import dev.runlog.process.child.JavaCommand;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.supervisor.Fleet;
import dev.runlog.supervisor.Supervisor;
import dev.runlog.supervisor.slot.SlotSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole path on sample prompts: a fleet runs them, one worker is killed midway, and the console
 * shows what the table tells of it.
 */
public final class Demo {

  private final RunContext context;
  private final Fleet fleet;
  private final PrintStream out;

  public Demo(RunContext context, Fleet fleet, PrintStream out) {
    this.context = context;
    this.fleet = fleet;
    this.out = out;
  }

  /**
   * Runs the demo to its end.
   *
   * @return the exit code: 1 when a prompt failed
   */
  public int run() throws InterruptedException, IOException {
    DemoModel model = DemoModel.of(context.env(), fleet);
    List<SlotSpec> workers = fleet.workers(model.workerEnv());
    introduce(model, workers.size());
    int exitCode = runFleet(model, workers);
    if (!context.shutdown().isRequested()) {
      showWhatTheTableTells(model);
    }
    return exitCode;
  }

  private void introduce(DemoModel model, int workers) {
    out.println(
        "Runlog demo: a supervisor, " + workers + " workers, one table in " + displayedDatabase());
    out.println(model.description());
    out.println();
  }

  private int runFleet(DemoModel model, List<SlotSpec> workers) throws InterruptedException {
    List<SlotSpec> slots = new ArrayList<>();
    model.simulator().ifPresent(slots::add);
    slots.addAll(workers);
    Supervisor supervisor = new Supervisor(context, slots);
    DemoDirector director =
        new DemoDirector(context, model.simulator().isPresent(), supervisor::endWhenDrained, out);
    Thread directing = new Thread(director, "runlog-demo");
    directing.setDaemon(true);
    directing.start();
    try {
      return supervisor.run();
    } finally {
      director.end();
      directing.join();
    }
  }

  private void showWhatTheTableTells(DemoModel model) throws InterruptedException, IOException {
    String database = displayedDatabase();
    out.println();
    out.println("Who started whom (./runlog tree --db " + database + "):");
    out.println();
    console("tree", context.runId().toString());
    out.println();
    out.println(model.costHeading() + " (./runlog stats --db " + database + "):");
    out.println();
    console("stats", "--run", context.runId().toString());
    out.println();
    out.println("Try next:");
    out.println(
        "  ./runlog tail --db " + database + " --type 'worker.*'     the crash and the restart");
    out.println("  ./runlog tasks list --db " + database + "                the twelve tasks");
    out.println("  sqlite3 " + database + " 'select * from events limit 20'   or any SQL you like");
  }

  /** The console draws; as a process of its own, since this program must not depend on it. */
  private void console(String... args) throws InterruptedException, IOException {
    out.flush();
    List<String> command =
        new ArrayList<>(
            JavaCommand.ofSameJava(fleet.consoleJar())
                .withJvmArgs("-XX:TieredStopAtLevel=1")
                .withArgs(args)
                .toList());
    ProcessBuilder console = new ProcessBuilder(command).inheritIO();
    // Not as an argument, which everybody on this machine could read: a URL may hold a password.
    console.environment().put(KnownSettings.DB, context.databaseSettings().absoluteLocation());
    console.start().waitFor();
  }

  private String displayedDatabase() {
    Path here = Path.of("").toAbsolutePath();
    return context
        .databaseSettings()
        .file()
        .filter(file -> file.startsWith(here))
        .map(file -> here.relativize(file).toString())
        .orElseGet(context.database()::description);
  }
}
