package dev.runlog.benchmarks.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Further processes of the program that measures: the same Java, the same classes. */
public final class OwnJvm {

  private OwnJvm() {}

  /**
   * The command line that runs a class of this program.
   *
   * @param jvmArgs arguments of the JVM, such as {@code -Xmx128m}
   * @param args arguments of the class
   */
  public static List<String> command(List<String> jvmArgs, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }
}
