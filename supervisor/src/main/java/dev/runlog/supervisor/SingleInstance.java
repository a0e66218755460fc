package dev.runlog.supervisor;

import dev.runlog.events.db.NameLock;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.InstanceLock;
import java.time.Duration;

/**
 * Lets only one supervisor of a name run on a database: two would fill the same slots. A lock on a
 * file beside the database keeps out others of this machine that name it by the same path; where
 * the database is a server, a lock there keeps out all.
 */
final class SingleInstance {

  /** A predecessor that is being killed still holds its lock for a moment. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private SingleInstance() {}

  static ProcessMain guard(ProcessMain main) {
    return context -> {
      InstanceLock lock =
          InstanceLock.acquire(context.database().localPath(), context.instanceId(), LONGEST_WAIT);
      try {
        return runAlone(main, context);
      } finally {
        lock.close();
      }
    };
  }

  private static int runAlone(ProcessMain main, RunContext context) throws Exception {
    try (NameLock name = context.database().nameLock(context.instanceId());
        NameKeeper keeper = NameKeeper.hold(name, context, LONGEST_WAIT)) {
      int exitCode = main.run(context);
      keeper.requireHeld();
      return exitCode;
    }
  }
}
