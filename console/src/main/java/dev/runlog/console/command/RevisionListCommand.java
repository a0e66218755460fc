package dev.runlog.console.command;

import dev.runlog.console.Terminal;
import dev.runlog.console.render.RevisionJson;
import dev.runlog.console.render.RevisionTable;
import dev.runlog.events.db.Database;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.process.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** All attempts. */
@Command(name = "list", description = "List all revisions, the newest attempt first.")
public final class RevisionListCommand implements Callable<Integer> {

  private final RunlogCommand root;

  public RevisionListCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    List<Revision> revisions = new RevisionQuery(database).all();
    Terminal terminal = root.terminal();
    if (root.isJson()) {
      revisions.forEach(revision -> root.print(RevisionJson.of(revision)));
    } else if (revisions.isEmpty()) {
      terminal.out().println("no revisions yet; 'runlog revision add worker.jar' registers one");
    } else {
      terminal.print(RevisionTable.of(revisions, terminal.clock().instant(), terminal.zone()));
    }
    return ExitCode.OK;
  }
}
