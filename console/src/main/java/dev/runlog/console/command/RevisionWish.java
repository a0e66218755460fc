package dev.runlog.console.command;

import dev.runlog.console.render.RevisionJson;
import dev.runlog.events.revisions.InvalidRevisionException;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.revisions.RevisionStore;
import dev.runlog.events.revisions.Wish;
import dev.runlog.process.ExitCode;
import dev.runlog.process.RunContext;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the supervisor of a revision for something, as a run of its own. */
final class RevisionWish {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  @Mixin private final OfSupervisor supervisor = new OfSupervisor();

  @Parameters(paramLabel = "SHA", description = "The SHA of the build, or how it begins.")
  private String sha = "";

  @Option(
      names = "--wait",
      description =
          "Wait until nothing more happens by itself; exit with 1 when it went otherwise.")
  private boolean waits;

  /**
   * Asks.
   *
   * @return the exit code: 1 when it was waited for and did not become what was wished
   */
  int ask(RunlogCommand root, Wish wish) {
    root.reading(
        database -> {
          supervisor.require(database, sha);
          return ExitCode.OK;
        });
    return root.writing(context -> ask(root, context, wish));
  }

  private int ask(RunlogCommand root, RunContext context, Wish wish) throws InterruptedException {
    Revision revision = supervisor.require(context.database(), sha);
    RevisionStore store =
        new RevisionStore(context.database(), context.log(), root.terminal().clock());
    try {
      store.request(context.emitter(), revision, wish);
    } catch (InvalidRevisionException e) {
      throw OfSupervisor.refused(e);
    }
    Revision last = waits ? awaitEnd(context, revision) : find(context, revision);
    tell(root, last, wish);
    return !waits || isFulfilled(last.state(), wish) ? ExitCode.OK : ExitCode.TASKS_FAILED;
  }

  private static Revision awaitEnd(RunContext context, Revision revision)
      throws InterruptedException {
    Revision now = find(context, revision);
    while (!isAtRest(now.state(), now.rollbackRequestedAt().isPresent())
        && !context.shutdown().await(BETWEEN_LOOKS)) {
      now = find(context, revision);
    }
    return now;
  }

  /** Whether nothing more happens by itself to a revision. */
  static boolean isAtRest(RevisionState state, boolean isRollbackAsked) {
    return state.isFinal()
        || state == RevisionState.PERMANENT
        || (state == RevisionState.INCONSISTENT && !isRollbackAsked);
  }

  private static boolean isFulfilled(RevisionState state, Wish wish) {
    return switch (wish) {
      case PROMOTE -> state == RevisionState.PERMANENT || state == RevisionState.SUPERSEDED;
      case ROLLBACK -> state == RevisionState.ROLLED_BACK || state == RevisionState.REJECTED;
    };
  }

  private static Revision find(RunContext context, Revision revision) {
    return new RevisionQuery(context.database()).find(revision.id()).orElseThrow();
  }

  private void tell(RunlogCommand root, Revision revision, Wish wish) {
    if (root.isJson()) {
      root.print(RevisionJson.of(revision));
      return;
    }
    String asked = waits || revision.state().isFinal() ? "" : wish.wireName() + " asked for, ";
    root.terminal()
        .out()
        .println(
            "revision "
                + revision.revision()
                + ": "
                + asked
                + "now "
                + revision.state().wireName()
                + revision.reason().map(reason -> " (" + reason + ")").orElse(""));
  }
}
