package dev.runlog.benchmarks;

import dev.runlog.process.child.JarFinder;
import dev.runlog.process.child.SmallJvm;
import dev.runlog.process.child.WorkerOption;
import dev.runlog.process.warm.WarmStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a supervisor starts a worker once everything is there that makes it start quickly. */
final class WarmWorker {

  private WarmWorker() {}

  /** Makes what is missing, which takes some seconds, and returns the arguments of the JVM. */
  static List<String> jvmArgs() throws InterruptedException {
    Path jar = JarFinder.around(WarmWorker.class).find("worker", Optional.empty(), "the build");
    WarmStart warmStart = WarmStart.of(jar, Map.of());
    warmStart.unpackLibrary();
    if (!warmStart.makeArchive(SmallJvm.ARGS, WorkerOption.REHEARSE)) {
      throw new IllegalStateException("no archive could be made of " + jar);
    }
    List<String> args = new ArrayList<>(SmallJvm.ARGS);
    args.addAll(warmStart.jvmArgs());
    return args;
  }
}
