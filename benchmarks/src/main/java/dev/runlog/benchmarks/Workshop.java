package dev.runlog.benchmarks;

import dev.runlog.process.child.JarFinder;
import dev.runlog.process.child.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory of its own for one benchmark, and the processes that run in it. Closing it kills them
 * and deletes it.
 */
final class Workshop implements AutoCloseable {

  private static final JarFinder JARS = JarFinder.around(Workshop.class);

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();

  private Workshop(Path directory) {
    this.directory = directory;
  }

  static Workshop open() throws IOException {
    return new Workshop(Files.createTempDirectory("runlog-bench"));
  }

  Path database() {
    return directory.resolve("runlog.db");
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
            .redirectOutput(directory.resolve(module + ".out").toFile())
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
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Workshop::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("delete " + path, e);
    }
  }
}
