package dev.runlog.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The world around a run, so that a test can give it another.
 *
 * @param env the environment variables
 * @param in standard input, which is the lifeline when the environment says so
 * @param out where log lines go
 * @param err where failures go
 * @param handlesSignals whether the run owns the JVM's signal handlers
 * @param lastResort ends the process with an exit code when it does not end by itself
 */
public record Surroundings(
    Map<String, String> env,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean handlesSignals,
    IntConsumer lastResort) {

  public Surroundings {
    env = Map.copyOf(env);
  }

  /**
   * The surroundings of a whole process.
   *
   * @param env the process's environment, with what the command line said laid over it
   */
  public static Surroundings ofThisProcess(Map<String, String> env) {
    // Lines are UTF-8 in every locale, as the log files that a parent writes them to.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    return new Surroundings(
        env, System.in, out, System.err, true, exitCode -> Runtime.getRuntime().halt(exitCode));
  }

  /** The surroundings of a run inside a test's or another program's JVM, which it never ends. */
  public static Surroundings embedded(Map<String, String> env) {
    return new Surroundings(
        env, InputStream.nullInputStream(), System.out, System.err, false, exitCode -> {});
  }

  public Surroundings withIn(InputStream other) {
    return new Surroundings(env, other, out, err, handlesSignals, lastResort);
  }

  public Surroundings withOut(PrintStream other) {
    return new Surroundings(env, in, other, err, handlesSignals, lastResort);
  }

  public Surroundings withErr(PrintStream other) {
    return new Surroundings(env, in, out, other, handlesSignals, lastResort);
  }

  public Surroundings withLastResort(IntConsumer other) {
    return new Surroundings(env, in, out, err, handlesSignals, other);
  }
}
