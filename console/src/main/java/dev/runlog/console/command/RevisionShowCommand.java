package dev.runlog.console.command;

import dev.runlog.console.render.RevisionJson;
import dev.runlog.console.render.RevisionTable;
import dev.runlog.events.db.Database;
import dev.runlog.events.revisions.Revision;
import dev.runlog.process.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One revision in full. */
@Command(name = "show", description = "Show the newest attempt of a revision.")
public final class RevisionShowCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final OfSupervisor supervisor = new OfSupervisor();

  @Parameters(paramLabel = "SHA", description = "The SHA of the build, or how it begins.")
  private String sha = "";

  public RevisionShowCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    Revision revision = supervisor.require(database, sha);
    if (root.isJson()) {
      root.print(RevisionJson.of(revision));
    } else {
      RevisionTable.fields(revision, root.terminal().zone())
          .lines()
          .forEach(root.terminal().out()::println);
    }
    return ExitCode.OK;
  }
}
