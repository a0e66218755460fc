package dev.runlog.benchmarks.fairness;

import dev.runlog.benchmarks.measure.OwnJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The processes that write. Closing kills them. */
final class Writers implements AutoCloseable {

  private record Child(Process process, BufferedReader out, PrintStream in) {}

  private final List<Child> children = new ArrayList<>();

  private Writers() {}

  static Writers start(int count) throws IOException {
    Writers writers = new Writers();
    for (int i = 0; i < count; i++) {
      writers.startOne();
    }
    return writers;
  }

  /** Has all of them do the same at the same time. */
  List<Waits> run(Round round) throws IOException {
    tellAll(round.toLine());
    for (Child child : children) {
      requireReady(child.out().readLine());
    }
    tellAll("go");
    List<Waits> waits = new ArrayList<>();
    for (Child child : children) {
      waits.add(Waits.of(child.out().readLine()));
    }
    return waits;
  }

  @Override
  public void close() {
    for (Child child : children) {
      child.process().destroyForcibly();
      child.process().onExit().join();
    }
  }

  private void startOne() throws IOException {
    Process process =
        new ProcessBuilder(
                OwnJvm.command(
                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"),
                    Writer.class))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    children.add(
        new Child(
            process,
            process.inputReader(StandardCharsets.UTF_8),
            new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)));
  }

  private void tellAll(String line) {
    children.forEach(child -> child.in().println(line));
  }

  private static void requireReady(String line) {
    if (!Writer.READY.equals(line)) {
      throw new IllegalStateException("a writer answered '" + line + "'; see its error above");
    }
  }
}
