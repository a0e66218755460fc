package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.render.Humans;
import dev.runlog.events.json.Json;
import dev.runlog.events.retention.ArchiveException;
import dev.runlog.events.retention.PruneReport;
import dev.runlog.events.retention.Pruning;
import dev.runlog.events.retention.RetentionRule;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Removes old events. */
@Command(
    name = "prune",
    description =
        "Remove old events: whole trees of runs that have all ended, with the finished tasks that"
            + " they submitted. The fleet may go on meanwhile.",
    footer = {
      "",
      "A tree stays while a task that it submitted is not final, and while it tells how a run of a"
          + " tree that stays has ended. The file does not become smaller; the space is used again."
    })
public final class PruneCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private Rule rule;

  /** What is kept: one of them. */
  static final class Rule {
    @Option(
        names = "--older-than",
        paramLabel = "AGE",
        description = "Remove trees whose newest event is older: 12h, 30d, 8w.")
    private Optional<String> olderThan = Optional.empty();

    @Option(
        names = "--keep-rows",
        paramLabel = "N",
        description = "Remove the oldest trees until no more than so many events are left.")
    private Optional<Long> keepRows = Optional.empty();
  }

  @Option(
      names = "--archive",
      paramLabel = "FILE",
      description =
          "First write the events there, one JSON object a line, compressed with gzip, and read"
              + " them back; FILE must not exist, such as old.jsonl.gz.")
  private Optional<Path> archive = Optional.empty();

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean isDryRun;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public PruneCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    RetentionRule kept = kept();
    if (isDryRun) {
      return root.reading(
          database -> tell(new Pruning(database, PruneCommand::rest, () -> false).plan(kept)));
    }
    // A wrong path must leave neither a run nor a file.
    root.reading(database -> ExitCode.OK);
    return root.writing(context -> prune(context, kept));
  }

  private RetentionRule kept() {
    try {
      return rule.olderThan
          .<RetentionRule>map(
              age ->
                  new RetentionRule.NewerThan(
                      root.terminal().clock().instant().minus(Age.parse(age))))
          .orElseGet(() -> new RetentionRule.AtMostRows(rule.keepRows.orElseThrow()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int prune(RunContext context, RetentionRule kept) {
    Pruning pruning =
        new Pruning(context.database(), PruneCommand::rest, context.shutdown()::isRequested);
    try {
      return tell(pruning.prune(kept, archive, context.events()));
    } catch (ArchiveException e) {
      throw new ProcessFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static void rest(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  private int tell(PruneReport report) {
    if (root.isJson()) {
      root.print(json(report));
    } else {
      root.terminal().out().println(sentence(report));
    }
    return ExitCode.OK;
  }

  private String sentence(PruneReport report) {
    return (report.isComplete() ? "" : "stopped before the end; run it again for the rest: ")
        + (isDryRun ? "would remove " : "removed ")
        + counted(report.rows(), "event")
        + " of "
        + counted(report.trees(), "tree")
        + " with "
        + counted(report.runs(), "run")
        + " and "
        + counted(report.tasks(), "finished task")
        + "; "
        + counted(report.keptTrees(), "tree")
        + " stay"
        + (report.keptTrees() == 1 ? "s" : "")
        + report.archive().map(file -> "; the events are in " + file).orElse("");
  }

  private static String counted(long count, String what) {
    return Humans.number(count) + " " + what + (count == 1 ? "" : "s");
  }

  private ObjectNode json(PruneReport report) {
    return Json.object()
        .put("dry_run", isDryRun)
        .put("rows", report.rows())
        .put("trees", report.trees())
        .put("runs", report.runs())
        .put("tasks", report.tasks())
        .put("kept_trees", report.keptTrees())
        .put("complete", report.isComplete())
        .put("archive", report.archive().map(Path::toString).orElse(null));
  }
}
