package dev.runlog.console.command;

import dev.runlog.console.Commands;
import dev.runlog.console.Terminal;
import dev.runlog.process.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this JVM on a database file and keeps what they print. */
final class ConsoleSession {

  private final Map<String, String> env = new HashMap<>();
  private InputStream in = InputStream.nullInputStream();
  private boolean isTerminal;

  ConsoleSession(Path database) {
    env.put("RUNLOG_DB", database.toString());
    env.put("RUNLOG_DURABILITY", "process");
  }

  /** What a command did. */
  record Outcome(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  ConsoleSession withEnv(String name, String value) {
    env.put(name, value);
    return this;
  }

  ConsoleSession withIn(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ConsoleSession onATerminal() {
    isTerminal = true;
    return this;
  }

  Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Commands.run(terminal(stream(out), stream(err)), args);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Terminal terminal(PrintStream out, PrintStream err) {
    Surroundings process = Surroundings.embedded(env).withIn(in).withOut(out).withErr(err);
    return new Terminal(process, isTerminal, isTerminal, ZoneOffset.UTC, InstantSource.system());
  }

  static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
