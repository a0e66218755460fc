package dev.runlog.console.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.console.Terminal;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.Surroundings;
import dev.runlog.process.settings.KnownSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: the options that all commands share, and what all commands need. */
@Command(
    name = "runlog",
    description = "Submits tasks and reads what a tree of AI worker processes did.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = false)
public final class RunlogCommand implements Callable<Integer> {

  /** The role of the commands that write. */
  static final String ROLE = "console";

  private final Terminal terminal;

  @Option(
      names = "--db",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description = "The SQLite file; else RUNLOG_DB, else runlog.db in the working directory.")
  private Optional<String> location = Optional.empty();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object a line, for programs.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public RunlogCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(terminal.err());
    return ExitCode.USAGE;
  }

  Terminal terminal() {
    return terminal;
  }

  boolean isJson() {
    return json;
  }

  /** Prints one line of JSON. */
  void print(JsonNode object) {
    terminal.out().println(Json.write(object));
  }

  /**
   * Runs a command that only reads, on a database opened read-only.
   *
   * @return what the command returns
   */
  int reading(ToIntFunction<Database> command) {
    try (Database database = Database.openReadOnly(ReadSettings.from(env()))) {
      return command.applyAsInt(database);
    }
  }

  /** Runs a command that writes, as a run of its own; returns the exit code, never throws. */
  int writing(ProcessMain command) {
    Map<String, String> env = env();
    // The lifeline is standard input, which belongs to the tasks here.
    env.remove(KnownSettings.LIFELINE);
    return running(Executable.named(ROLE, ROLE), env, command);
  }

  /**
   * Runs a program that is a run of its own; returns the exit code, never throws.
   *
   * @param env its environment instead of {@link #env}
   */
  int running(Executable program, Map<String, String> env, ProcessMain main) {
    Surroundings process = terminal.process();
    Surroundings surroundings =
        new Surroundings(
            env,
            process.in(),
            process.out(),
            process.err(),
            process.handlesSignals(),
            process.lastResort());
    return new ProcessStartup(program, surroundings).run(main);
  }

  /** The environment with what the command line said laid over it. */
  Map<String, String> env() {
    Map<String, String> env = new HashMap<>(terminal.env());
    location.ifPresent(path -> env.put(KnownSettings.DB, path));
    return env;
  }
}
