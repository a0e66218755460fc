package dev.runlog.worker;

import dev.runlog.events.json.Json;
import dev.runlog.llm.tokens.AccuracyReport;
import dev.runlog.llm.tokens.ContextCounter;
import dev.runlog.process.ExitCode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code runlog accuracy}: the context counter against recorded calls. Needs no database. */
public final class AccuracyMain {

  private AccuracyMain() {}

  public static void main(String[] args) {
    PrintStream out = utf8(new FileOutputStream(FileDescriptor.out));
    int code = run(args, out, System.err);
    out.flush();
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options = new Options();
    try {
      if (CommandLine.printHelpIfRequested(new CommandLine(options).parseArgs(args))) {
        return ExitCode.OK;
      }
      print(AccuracyReport.ofFile(options.file, new ContextCounter()), options.json, out);
      return ExitCode.OK;
    } catch (ParameterException e) {
      err.println("runlog accuracy: " + e.getMessage() + "; --help lists the options");
    } catch (IOException | IllegalArgumentException e) {
      err.println("runlog accuracy: cannot read " + options.file + ": " + described(e));
    }
    return ExitCode.USAGE;
  }

  private static void print(AccuracyReport report, boolean json, PrintStream out) {
    if (json) {
      report.rows().forEach(row -> out.println(Json.write(row.json())));
    } else {
      out.print(AccuracyTable.of(report));
    }
  }

  /** Java's message for a file that is not there is its name alone. */
  private static String described(Exception e) {
    return e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
  }

  private static PrintStream utf8(FileOutputStream out) {
    return new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
  }

  @Command(
      name = "accuracy",
      mixinStandardHelpOptions = true,
      description = {
        "Counts recorded calls and compares with what the API billed for them. A recording is one JSON object a line:",
        "id, endpoint, model, request, prompt_tokens, and where wanted category, countable and suspect."
      })
  private static final class Options {

    @Parameters(paramLabel = "FILE", description = "The recorded calls, JSON lines.")
    private Path file = Path.of("");

    @Option(
        names = "--json",
        description =
            "One JSON object a call: id, estimate, reported, exactness, and failure where it could not be counted.")
    private boolean json;
  }
}
