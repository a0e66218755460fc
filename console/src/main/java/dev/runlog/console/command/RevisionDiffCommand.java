package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.render.WorkComparison;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.revisions.InvalidRevisionException;
import dev.runlog.events.revisions.RevisionName;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.events.work.WorkQuery;
import dev.runlog.process.ExitCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two builds beside each other. */
@Command(
    name = "diff",
    description = "Compare how two revisions did: crashes, failures, latency, tokens and cost.",
    footer = {
      "",
      "Each figure has its 95 %% interval: shares after Wilson, percentiles by the ranks of the",
      "sample, means by bootstrap; * marks figures whose intervals are apart.",
      "docs/revisions.md has the formulas."
    })
public final class RevisionDiffCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final OfSupervisor supervisor = new OfSupervisor();

  @Parameters(index = "0", paramLabel = "A", description = "SHA of a build, or how it begins.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "SHA of another one.")
  private String second = "";

  public RevisionDiffCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    WorkQuery query = new WorkQuery(database);
    Set<String> known = known(database, query);
    String a = shaOf(known, first);
    String b = shaOf(known, second);
    WorkComparison comparison =
        new WorkComparison(
            query.of(supervisor.name(), Optional.of(a), 0),
            query.of(supervisor.name(), Optional.of(b), 0));
    if (root.isJson()) {
      ObjectNode json = Json.object().put("a", a).put("b", b);
      json.set("figures", comparison.json());
      root.print(json);
    } else {
      root.terminal().out().println("A " + a + ", B " + b);
      root.terminal().print(comparison.table());
    }
    return ExitCode.OK;
  }

  /** Also builds that were never registered, as the one that came with the supervisor. */
  private Set<String> known(Database database, WorkQuery query) {
    Set<String> names = new HashSet<>(query.revisionsOf(supervisor.name()));
    new RevisionQuery(database)
        .of(supervisor.name())
        .forEach(registered -> names.add(registered.revision()));
    return names;
  }

  private String shaOf(Set<String> known, String begin) {
    try {
      return RevisionName.find(known, begin).orElseThrow(() -> supervisor.unknown(begin));
    } catch (InvalidRevisionException e) {
      throw OfSupervisor.refused(e);
    }
  }
}
