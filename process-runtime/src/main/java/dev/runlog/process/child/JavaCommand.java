package dev.runlog.process.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a JVM that runs an executable jar.
 *
 * @param java the {@code java} program
 * @param jvmArgs arguments of the JVM, such as {@code -Xmx256m}
 * @param jar the executable jar
 * @param args arguments of the program in it
 */
public record JavaCommand(Path java, List<String> jvmArgs, Path jar, List<String> args) {

  public JavaCommand {
    jvmArgs = List.copyOf(jvmArgs);
    args = List.copyOf(args);
  }

  /** Runs a jar by the same Java installation that runs this process. */
  public static JavaCommand ofSameJava(Path jar) {
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"), List.of(), jar, List.of());
  }

  public JavaCommand withJvmArgs(String... more) {
    return withJvmArgs(List.of(more));
  }

  public JavaCommand withJvmArgs(List<String> more) {
    return new JavaCommand(java, more, jar, args);
  }

  public JavaCommand withArgs(String... more) {
    return new JavaCommand(java, jvmArgs, jar, List.of(more));
  }

  /** The program and its arguments, as a process is started with. */
  public List<String> toList() {
    List<String> words = new ArrayList<>();
    words.add(java.toString());
    words.addAll(jvmArgs);
    words.add("-jar");
    words.add(jar.toString());
    words.addAll(args);
    return List.copyOf(words);
  }
}
