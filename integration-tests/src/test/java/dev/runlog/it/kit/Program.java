package dev.runlog.it.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An executable jar of the build tree. */
public enum Program {
  SUPERVISOR,
  WORKER,
  CONSOLE;

  /** A quick start counts for more than a quick run: most of these processes live for seconds. */
  private static final List<String> JVM_ARGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

  /** The name of the module and of its jar. */
  public String moduleName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The executable jar.
   *
   * @throws IllegalStateException when it is not built
   */
  public Path jar() {
    Path jar =
        module().resolveSibling(moduleName()).resolve("target").resolve(moduleName() + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          jar + " is missing; build it first: 'mvn package' in the root directory");
    }
    return jar;
  }

  /** The command line that starts it, by the Java that runs the tests. */
  public List<String> command(String... args) {
    List<String> command = new ArrayList<>(javaCommand());
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(List.of(args));
    return command;
  }

  /** The beginning of the command line of any JVM that a test starts. */
  public static List<String> javaCommand() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_ARGS);
    return command;
  }

  /** The directory of this module; Maven names it, an IDE runs in it. */
  private static Path module() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }
}
