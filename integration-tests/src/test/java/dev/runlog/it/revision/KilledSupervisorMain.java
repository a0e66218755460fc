package dev.runlog.it.revision;

import dev.runlog.events.revisions.RevisionState;
import dev.runlog.supervisor.SupervisorMain;
import dev.runlog.supervisor.revision.TransitionWatch;
import java.util.Arrays;

/**
 * A supervisor that is gone, as by SIGKILL, before or after one move of a revision: the first
 * argument is a {@link FailPoint}, the others are the supervisor's.
 */
public final class KilledSupervisorMain {

  private static final int KILLED = 137;

  private KilledSupervisorMain() {}

  public static void main(String[] args) {
    String point = args[0];
    TransitionWatch watch =
        new TransitionWatch() {
          @Override
          public void before(RevisionState from, RevisionState to) {
            dieAt(FailPoint.before(from, to));
          }

          @Override
          public void after(RevisionState from, RevisionState to) {
            dieAt(FailPoint.after(from, to));
          }

          private void dieAt(FailPoint here) {
            if (here.toString().equals(point)) {
              Runtime.getRuntime().halt(KILLED);
            }
          }
        };
    System.exit(
        SupervisorMain.run(Arrays.copyOfRange(args, 1, args.length), System.getenv(), watch));
  }
}
