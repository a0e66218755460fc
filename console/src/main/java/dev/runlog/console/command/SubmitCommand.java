package dev.runlog.console.command;

import dev.runlog.console.render.Humans;
import dev.runlog.console.render.SafeText;
import dev.runlog.console.submit.TaskLines;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts tasks into the queue, all of them or none. */
@Command(
    name = "submit",
    description = "Put tasks into the queue, all of them or none.",
    footer = {
      "",
      "A line of a file is one JSON object: {\"prompt\": \"…\"} or {\"messages\": […]}, and where"
          + " wanted kind, model, any parameter of the API, priority, run_at, unique_key and"
          + " max_attempts. Blank lines are skipped.",
      "",
      "With --wait the exit code is 1 when a task failed or was cancelled."
    })
public final class SubmitCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";
  private static final int MOST_PROBLEMS_SHOWN = 20;

  /** What Java puts for bytes of the command line that it cannot decode. */
  private static final char REPLACED = '\uFFFD';

  private final RunlogCommand root;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "One task with this prompt.")
  private Optional<String> prompt = Optional.empty();

  @Option(names = "--file", paramLabel = "FILE", description = "Tasks from a file, one a line.")
  private Optional<String> file = Optional.empty();

  @Parameters(
      arity = "0..1",
      paramLabel = "-",
      description = "Tasks from standard input, one a line.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model for tasks that name none.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--wait",
      description = "Wait until all these tasks have ended; with --prompt, print the answer.")
  private boolean isWaiting;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public SubmitCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    requireOneSource();
    if (model.filter(String::isBlank).isPresent()) {
      throw usage("--model is empty; give a name, or leave it out");
    }
    return prompt.isPresent() ? submit(List.of(taskOf(prompt.get()))) : submitLines(readLines());
  }

  private int submitLines(TaskLines lines) {
    if (!lines.problems().isEmpty()) {
      return refuse(lines.problems());
    }
    if (lines.specs().isEmpty()) {
      throw failure(sourceName() + " holds no task; nothing was submitted");
    }
    return submit(lines.specs());
  }

  private int submit(List<TaskSpec> specs) {
    return root.writing(
        context -> new SubmitRun(root, context, prompt.isPresent()).submit(specs, isWaiting));
  }

  private void requireOneSource() {
    long sources = Stream.of(prompt, file, input).filter(Optional::isPresent).count();
    if (sources != 1) {
      throw usage(
          "give one of --prompt TEXT, --file FILE and - (standard input)"
              + (sources == 0 ? "" : ", not several"));
    }
    if (!input.orElse(STANDARD_INPUT).equals(STANDARD_INPUT)) {
      throw usage("'" + input.get() + "' is no source; write --prompt TEXT, --file FILE or -");
    }
  }

  private TaskSpec taskOf(String text) {
    if (text.indexOf(REPLACED) >= 0) {
      throw failure(
          "the prompt has letters that this locale cannot carry; set LC_ALL=C.UTF-8, or give the"
              + " prompt in a file");
    }
    try {
      TaskSpec spec = TaskSpec.prompt(text);
      return model.map(name -> TaskLines.withModel(spec, name)).orElse(spec);
    } catch (InvalidTaskException e) {
      throw failure(e.getMessage() + "; nothing was submitted");
    }
  }

  private TaskLines readLines() {
    try (InputStream in = open()) {
      return TaskLines.read(in, sourceName(), model);
    } catch (IOException e) {
      throw failure("read " + sourceName() + ": " + e.getMessage() + "; nothing was submitted");
    }
  }

  private InputStream open() throws IOException {
    if (isStandardInput()) {
      return root.terminal().in();
    }
    Path path = Path.of(sourceName());
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw failure(path + " is not a readable file; nothing was submitted");
    }
    return Files.newInputStream(path);
  }

  private boolean isStandardInput() {
    return file.orElse(STANDARD_INPUT).equals(STANDARD_INPUT);
  }

  private String sourceName() {
    return isStandardInput() ? "standard input" : file.orElseThrow();
  }

  private int refuse(List<String> problems) {
    PrintStream err = root.terminal().err();
    problems.stream()
        .limit(MOST_PROBLEMS_SHOWN)
        .forEach(problem -> err.println("runlog: " + SafeText.summary(problem)));
    int more = problems.size() - MOST_PROBLEMS_SHOWN;
    if (more > 0) {
      err.println("runlog: … and " + Humans.number(more) + " more lines");
    }
    err.println("runlog: nothing was submitted");
    return ExitCode.USAGE;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static ProcessFailure failure(String message) {
    return new ProcessFailure(ExitCode.USAGE, message);
  }
}
