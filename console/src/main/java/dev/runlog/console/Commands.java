package dev.runlog.console;

import dev.runlog.console.command.ContextCommand;
import dev.runlog.console.command.ExecCommand;
import dev.runlog.console.command.LogCommand;
import dev.runlog.console.command.PruneCommand;
import dev.runlog.console.command.PsCommand;
import dev.runlog.console.command.RestartCommand;
import dev.runlog.console.command.RevisionCommand;
import dev.runlog.console.command.RunlogCommand;
import dev.runlog.console.command.ScaleCommand;
import dev.runlog.console.command.ShowCommand;
import dev.runlog.console.command.StatsCommand;
import dev.runlog.console.command.StopCommand;
import dev.runlog.console.command.SubmitCommand;
import dev.runlog.console.command.TailCommand;
import dev.runlog.console.command.TasksCommand;
import dev.runlog.console.command.TreeCommand;
import dev.runlog.console.command.VerifyCommand;
import dev.runlog.process.FailureReport;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** All commands, put together. */
public final class Commands {

  private Commands() {}

  /** Runs one command line; returns the exit code, never throws and never exits. */
  public static int run(Terminal terminal, String... args) {
    CommandLine commands = commandLine(terminal);
    int exitCode = commands.execute(args);
    terminal.out().flush();
    terminal.err().flush();
    return exitCode;
  }

  private static CommandLine commandLine(Terminal terminal) {
    RunlogCommand root = new RunlogCommand(terminal);
    CommandLine commands = new CommandLine(root);
    commands.addSubcommand(new SubmitCommand(root));
    commands.addSubcommand(TasksCommand.withSubcommands(root));
    commands.addSubcommand(new PsCommand(root));
    commands.addSubcommand(new StopCommand(root));
    commands.addSubcommand(new RestartCommand(root));
    commands.addSubcommand(new ScaleCommand(root));
    commands.addSubcommand(RevisionCommand.withSubcommands(root));
    commands.addSubcommand(ExecCommand.of(root));
    commands.addSubcommand(new LogCommand(root));
    commands.addSubcommand(new TreeCommand(root));
    commands.addSubcommand(new TailCommand(root));
    commands.addSubcommand(new ShowCommand(root));
    commands.addSubcommand(new StatsCommand(root));
    commands.addSubcommand(new ContextCommand(root));
    commands.addSubcommand(new VerifyCommand(root));
    commands.addSubcommand(new PruneCommand(root));
    return configured(commands, terminal);
  }

  private static CommandLine configured(CommandLine commands, Terminal terminal) {
    Converters.registerAt(commands);
    // A prompt may begin with @; it names no file.
    commands.setExpandAtFiles(false);
    commands.setOut(writer(terminal.out()));
    commands.setErr(writer(terminal.err()));
    commands.setColorScheme(
        Help.defaultColorScheme(terminal.isColoured() ? Help.Ansi.ON : Help.Ansi.OFF));
    commands.setParameterExceptionHandler(new UsageErrors());
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          FailureReport report = FailureReport.of(failure);
          report.printTo(terminal.err());
          return report.exitCode();
        });
    return commands;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
