package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.render.Humans;
import dev.runlog.console.render.SafeText;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.stats.CallTotals;
import dev.runlog.events.verify.Finding;
import dev.runlog.events.verify.Verification;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether what is in the tables fits together. */
@Command(
    name = "verify",
    description =
        "Check that the database is sound, that the events fit together, and that the tasks and"
            + " the sums of calls are what the events say. Exits with 1 on any difference.",
    footer = {"", "Reads every event once, which takes some seconds a million."})
public final class VerifyCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Option(
      names = "--rebuild",
      description = "First add the sums of calls up again from the events.")
  private boolean isRebuilding;

  public VerifyCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (!isRebuilding) {
      return root.reading(this::verify);
    }
    // A wrong path must leave neither a run nor a file.
    root.reading(database -> ExitCode.OK);
    return root.writing(
        context -> {
          new CallTotals(context.database()).rebuild();
          return verify(context.database());
        });
  }

  private int verify(Database database) {
    List<Finding> findings = new Verification(database).run();
    findings.forEach(this::tell);
    return findings.stream().allMatch(Finding::isOk) ? ExitCode.OK : ExitCode.DIFFERENCES;
  }

  private void tell(Finding finding) {
    if (root.isJson()) {
      root.print(json(finding));
      return;
    }
    PrintStream out = root.terminal().out();
    out.println(
        (finding.isOk() ? "ok      " : "FAILED  ")
            + finding.claim()
            + " ("
            + Humans.number(finding.checked())
            + " checked)");
    finding.examples().forEach(example -> out.println("        " + SafeText.summary(example)));
    long more = finding.differences() - finding.examples().size();
    if (more > 0) {
      out.println("        … and " + Humans.number(more) + " more");
    }
  }

  private static ObjectNode json(Finding finding) {
    ObjectNode json = Json.object();
    json.put("check", finding.check());
    json.put("ok", finding.isOk());
    json.put("checked", finding.checked());
    json.put("differences", finding.differences());
    json.set("examples", Json.tree(finding.examples()));
    return json;
  }
}
