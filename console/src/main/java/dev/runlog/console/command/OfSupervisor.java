package dev.runlog.console.command;

import dev.runlog.events.db.Database;
import dev.runlog.events.revisions.InvalidRevisionException;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import picocli.CommandLine.Option;

/** The option that says whose revisions are meant. */
final class OfSupervisor {

  @Option(
      names = "--supervisor",
      paramLabel = "NAME",
      description = "The supervisor whose workers it is about; ${DEFAULT-VALUE} by default.")
  private String name = "supervisor-main";

  String name() {
    return name;
  }

  /** The newest attempt of the revision whose SHA begins like this. */
  Revision require(Database database, String beginOfSha) {
    try {
      return new RevisionQuery(database)
          .newest(name, beginOfSha)
          .orElseThrow(() -> unknown(beginOfSha));
    } catch (InvalidRevisionException e) {
      throw refused(e);
    }
  }

  /** The failure of a command that asked for what cannot be. */
  static ProcessFailure refused(RuntimeException e) {
    return new ProcessFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
  }

  /** The failure of a command that names no revision. */
  ProcessFailure unknown(String sha) {
    return new ProcessFailure(
        ExitCode.USAGE,
        "there is no revision " + sha + " of " + name + "; 'runlog revision list' shows them");
  }
}
