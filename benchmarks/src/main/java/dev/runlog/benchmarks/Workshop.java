package dev.runlog.benchmarks;

import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.process.child.JarFinder;
import dev.runlog.process.child.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory of its own for one benchmark, and the processes that run in it. Closing it kills them
 * and deletes it.
 */
final class Workshop implements AutoCloseable {

  private static final JarFinder JARS = JarFinder.around(Workshop.class);

  private final Scratch scratch;
  private final List<Process> processes = new ArrayList<>();

  private Workshop(Scratch scratch) {
    this.scratch = scratch;
  }

  static Workshop open() throws IOException {
    return new Workshop(Scratch.temporary());
  }

  Path database() {
    return scratch.file("runlog.db");
  }

  /** Starts an executable jar of the build; its output goes to a file in the directory. */
  Process start(String module, Map<String, String> env, String... args) throws IOException {
    return startWith(List.of(), module, env, args);
  }

  /** The same with arguments for its JVM. */
  Process startWith(List<String> jvmArgs, String module, Map<String, String> env, String... args)
      throws IOException {
    Path jar = JARS.find(module, Optional.empty(), "the build");
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaCommand.ofSameJava(jar)
                .withJvmArgs(jvmArgs.toArray(String[]::new))
                .withArgs(args)
                .toList());
    builder.environment().put("RUNLOG_DB", database().toString());
    builder.environment().putAll(env);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(scratch.file(module + ".out").toFile())
            .start();
    processes.add(process);
    return process;
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
    scratch.close();
  }
}
