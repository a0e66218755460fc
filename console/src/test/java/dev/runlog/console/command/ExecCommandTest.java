package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.ConsoleMain;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ProcessFailed;
import dev.runlog.events.payload.ProcessStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs under a real console, where the terminal and the signals matter. */
@Timeout(90)
class ExecCommandTest {

  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void isARunWithTheExitCodeOfTheProgram() {
    assertThat(run("exec", "--role", "importer", "--", "sh", "-c", "exit 7").exitCode())
        .isEqualTo(7);

    Event start = only(EventType.PROCESS_STARTED);
    assertThat(start.emitter().role()).isEqualTo("importer");
    assertThat(start.emitter().instanceId()).isEqualTo("W00001");
    assertThat(start.emitter().parentRunId()).isEmpty();
    assertThat(failed()).isEqualTo(new ProcessFailed(7, "sh failed", failed().uptimeMs()));
  }

  @Test
  void failsWithTheSignalThatEndedTheProgramAndSaysNothingBesideIt() {
    ConsoleSession.Outcome outcome =
        run("exec", "--role", "importer", "--", "sh", "-c", "kill -9 $$");

    assertThat(outcome).isEqualTo(new ConsoleSession.Outcome(137, "", ""));
    assertThat(failed().error()).isEqualTo("sh was ended by SIGKILL");
    assertThat(run("tree").lines().get(1)).contains("importer  failed");
  }

  @Test
  void stopsWithAProgramThatDidItsWork() {
    assertThat(run("exec", "--role", "importer", "true").exitCode()).isZero();

    assertThat(stopped().reason()).isEqualTo("completed");
  }

  @Test
  void tellsTheProgramItsRunAndPassesItsOptionsOn() throws IOException {
    Path out = directory.resolve("out");
    String script = "echo $RUNLOG_RUN_ID $PARENT_RUN_ID $INSTANCE_ID [$RUNLOG_LIFELINE] $1 >" + out;

    run("exec", "--role=importer", "--instance", "imp-1", "sh", "-c", script, "sh", "--role");

    String id = only(EventType.PROCESS_STARTED).runId().toString();
    assertThat(Files.readString(out).strip()).isEqualTo(id + " " + id + " imp-1 [] --role");
  }

  @Test
  void saysWhichProgramIsNotThere() {
    ConsoleSession.Outcome outcome = run("exec", "--role", "importer", "--", "no-such-program");

    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err()).contains("'no-such-program' was not found");
  }

  @Test
  void refusesARoleThatIsNoName() {
    ConsoleSession.Outcome outcome = run("exec", "--role", "Big Importer", "true");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("--role is 'Big Importer'");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void passesStandardInputOutputAndSignalsOn() throws Exception {
    Process exec =
        console(
                "exec",
                "--role",
                "reader",
                "--",
                "sh",
                "-c",
                "trap 'exit 5' TERM; read l; echo got $l; while :; do sleep 0.1; done")
            .redirectErrorStream(true)
            .start();
    exec.getOutputStream().write("a line\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    exec.getOutputStream().flush();
    assertThat(exec.inputReader().readLine()).isEqualTo("got a line");

    exec.toHandle().destroy();

    assertThat(exec.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(exec.exitValue()).isEqualTo(5);
    assertThat(stopped().reason()).isEqualTo("SIGTERM");
  }

  @Test
  void killsAProgramThatDoesNotEndInItsGraceWithAllThatItStarted() throws Exception {
    String deaf = "trap '' TERM; sleep 300 & echo $$ $!; while :; do sleep 0.1; done";
    Process exec =
        console("exec", "--role", "deaf", "--grace", "500ms", "--", "sh", "-c", deaf)
            .redirectErrorStream(true)
            .start();
    String[] pids = exec.inputReader().readLine().split(" ", -1);

    exec.toHandle().destroy();

    assertThat(exec.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(exec.exitValue()).isEqualTo(143);
    assertThat(stopped().reason()).isEqualTo("SIGTERM, grace exceeded");
    for (String pid : pids) {
      awaitGone(Long.parseLong(pid));
    }
  }

  private static void awaitGone(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void refusesAGraceThatIsNoTime() {
    ConsoleSession.Outcome outcome = run("exec", "--role", "importer", "--grace", "5", "true");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("--grace: '5' is no time; write 500ms, 30s, 5m or 1h");
  }

  @Test
  void logsFromAShellScriptUnderTheRunOfTheScript() throws Exception {
    ProcessBuilder exec =
        console("exec", "--role", "importer", "--", "sh", EXAMPLES + "/log-from-shell.sh");
    exec.environment().put("RUNLOG", launcher().toString());

    assertThat(exec.redirectErrorStream(true).start().waitFor()).isZero();

    Event start = only(EventType.PROCESS_STARTED);
    Event logged = logged("import.finished");
    assertThat(logged.emitter()).isEqualTo(start.emitter());
    assertThat(logged.payload()).contains("{\"documents\":120,\"language\":\"shell\"}");
  }

  @Test
  void logsUnderARunOfItsOwnWhenNobodyNamesOne() {
    ConsoleSession.Outcome outcome =
        session()
            .withEnv("PARENT_RUN_ID", "4711")
            .run("log", "--type", "index.rebuilt", "--payload", "{\"documents\": 1}", "--json");

    Event logged = logged("index.rebuilt");
    assertThat(outcome.out().strip()).isEqualTo("{\"id\":" + logged.id().value() + "}");
    assertThat(logged.emitter().parentRunId()).hasToString("Optional[4711]");
    assertThat(logged.runId()).isEqualTo(only(EventType.PROCESS_STARTED).runId());
  }

  @Test
  void readsThePayloadFromStandardInput() {
    session().withIn("{\"a\": [1]}").run("log", "--type", "x.done", "--payload", "-");

    assertThat(logged("x.done").payload()).contains("{\"a\":[1]}");
  }

  @Test
  void refusesWhatIsNoEventOfTheUsersOwnBeforeAnythingIsWritten() {
    assertThat(run("log", "--type", "task.done").err()).contains("says what Runlog itself did");
    assertThat(run("log", "--type", "Done").err()).contains("breaks the naming rule");
    assertThat(run("log", "--type", "x.y", "--payload", "[1]").err()).contains("not a JSON object");
    assertThat(session().withEnv("RUNLOG_RUN_ID", "x").run("log", "--type", "x.y").err())
        .contains("RUNLOG_RUN_ID: expected a run id, got 'x'");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void saysThatTheRunIsNotInTheDatabase() {
    ConsoleSession.Outcome outcome =
        session().withEnv("RUNLOG_RUN_ID", "99").run("log", "--type", "x.y");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("has no such run; nothing was logged");
  }

  private ConsoleSession.Outcome run(String... args) {
    return session().run(args);
  }

  private ConsoleSession session() {
    return new ConsoleSession(file());
  }

  private Path file() {
    return directory.resolve("runlog.db");
  }

  private ProcessBuilder console(String... args) {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RUNLOG_DB", file().toString());
    builder.environment().put("RUNLOG_DURABILITY", "process");
    return builder;
  }

  private Path launcher() throws IOException {
    Path script = directory.resolve("runlog");
    String line = "exec '" + String.join("' '", java()) + "' \"$@\"\n";
    Files.writeString(script, "#!/bin/sh\n" + line);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ConsoleMain.class.getName());
  }

  private ProcessStopped stopped() {
    return Json.read(only(EventType.PROCESS_STOPPED).payload().orElseThrow(), ProcessStopped.class);
  }

  private ProcessFailed failed() {
    return Json.read(only(EventType.PROCESS_FAILED).payload().orElseThrow(), ProcessFailed.class);
  }

  private Event only(EventType type) {
    return fromTable(query -> query.ofType(type).stream().reduce((a, b) -> b).orElseThrow());
  }

  private Event logged(String type) {
    return fromTable(
        query ->
            query.after(0, 100).stream()
                .filter(event -> event.eventType().equals(type))
                .findFirst()
                .orElseThrow());
  }

  private <T> T fromTable(Function<EventQuery, T> question) {
    DatabaseSettings settings = new DatabaseSettings(file().toString(), Durability.PROCESS);
    try (Database database = Database.openReadOnly(settings)) {
      return question.apply(new EventQuery(database));
    }
  }
}
