package dev.runlog.console;

import dev.runlog.console.render.Table;
import dev.runlog.process.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * Where a command reads and prints, so that a test can give it another place.
 *
 * @param process the process around the command: its environment and its streams, in UTF-8
 * @param isOutTerminal whether standard output is a terminal and not a file or a pipe
 * @param isErrTerminal whether standard error is one
 * @param zone time zone of what people read
 * @param clock what time it is
 */
public record Terminal(
    Surroundings process,
    boolean isOutTerminal,
    boolean isErrTerminal,
    ZoneId zone,
    InstantSource clock) {

  private static final int USUAL_WIDTH = 80;

  /** The terminal of this process. */
  public static Terminal ofThisProcess() {
    return new Terminal(
        Surroundings.ofThisProcess(System.getenv())
            .withOut(utf8(FileDescriptor.out))
            .withErr(utf8(FileDescriptor.err)),
        OpenFiles.isTerminal(OpenFiles.STANDARD_OUTPUT),
        OpenFiles.isTerminal(OpenFiles.STANDARD_ERROR),
        ZoneId.systemDefault(),
        InstantSource.system());
  }

  public InputStream in() {
    return process.in();
  }

  /** For results. */
  public PrintStream out() {
    return process.out();
  }

  /** For what people should know beside the results. */
  public PrintStream err() {
    return process.err();
  }

  public Map<String, String> env() {
    return process.env();
  }

  /** Whether results may have colours, after <a href="https://no-color.org">no-color.org</a>. */
  public boolean isColoured() {
    return isOutTerminal
        && env().getOrDefault("NO_COLOR", "").isEmpty()
        && !env().getOrDefault("TERM", "").equals("dumb");
  }

  /** Columns that a line may have: COLUMNS when it is set, else 80. */
  public int width() {
    String columns = env().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  public void print(Table table) {
    table.lines(width(), isColoured()).forEach(out()::println);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
