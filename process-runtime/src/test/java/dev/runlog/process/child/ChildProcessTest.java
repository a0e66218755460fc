package dev.runlog.process.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {

  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = directory.resolve("logs").resolve("W00001.log");
  }

  @Test
  void tellsHowTheChildEndedAndWhatItPrinted() throws Exception {
    ChildExit exit = exitOf(sh("echo out; echo err >&2; exit 3"));

    assertThat(exit.exitCode()).isEqualTo(3);
    assertThat(exit.signal()).isEmpty();
    assertThat(exit.lastOutput()).isEqualTo("out\nerr\n");
    assertThat(exit.uptime()).isPositive().isLessThan(Duration.ofSeconds(30));
    assertThat(log).hasContent("out\nerr\n");
  }

  @Test
  void losesNothingThatAChildPrintsRightBeforeItsEnd() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(exitOf(sh("echo last words; exit 1")).lastOutput()).isEqualTo("last words\n");
    }
  }

  @Test
  void appendsToTheLogOfThePredecessor() throws Exception {
    exitOf(sh("echo first"));
    exitOf(sh("echo second"));

    assertThat(log).hasContent("first\nsecond\n");
  }

  @Test
  void keepsTheLast4KibOfOutput() throws Exception {
    ChildExit exit = exitOf(sh("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done"));

    assertThat(exit.lastOutput()).hasSize(4096).endsWith("line 2998\nline 2999\n");
    assertThat(Files.readAllLines(log)).hasSize(3000);
  }

  @Test
  void namesTheSignalThatEndedTheChild() throws Exception {
    ChildProcess killed = spawn(sh("exec sleep 60"));
    killed.kill();
    assertThat(exitOf(killed).exitCode()).isEqualTo(137);
    assertThat(exitOf(killed).signal()).contains("SIGKILL");

    ChildProcess terminated = spawn(sh("exec sleep 60"));
    terminated.terminate();
    assertThat(exitOf(terminated).exitCode()).isEqualTo(143);
    assertThat(exitOf(terminated).signal()).contains("SIGTERM");
  }

  @Test
  void leavesOutputAndLifelineOpenWhenItAsksTheChildToEnd() throws Exception {
    ChildProcess child =
        spawn(
            sh(
                "trap 'echo draining; read line; echo lifeline closed; exit 0' TERM; echo ready;"
                    + " while :; do sleep 0.05; done"));
    awaitLog("ready");
    child.terminate();
    awaitLog("draining");
    assertThat(child.isAlive()).isTrue();

    child.closeLifeline();
    assertThat(exitOf(child).exitCode()).isZero();
    assertThat(exitOf(child).lastOutput()).isEqualTo("ready\ndraining\nlifeline closed\n");
  }

  @Test
  void closesTheLifelineAsOftenAsOneLikes() throws Exception {
    ChildProcess child = spawn(sh("cat; echo end of input"));
    child.closeLifeline();
    child.closeLifeline();

    assertThat(exitOf(child).lastOutput()).isEqualTo("end of input\n");
    child.closeLifeline();
    child.terminate();
    child.kill();
  }

  @Test
  void doesNotWaitForAGrandchildThatHoldsTheOutput() throws Exception {
    ChildProcess child = spawn(sh("sleep 30 & echo grandchild $!; exit 4"));

    ChildExit exit = exitOf(child);
    assertThat(exit.exitCode()).isEqualTo(4);
    assertThat(exit.lastOutput()).startsWith("grandchild ");
    long grandchild = Long.parseLong(exit.lastOutput().substring("grandchild ".length()).strip());
    ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void givesTheChildItsEnvironmentBesideThatOfThisProcess() throws Exception {
    ChildCommand command =
        new ChildCommand(
            "W00001",
            "worker",
            List.of("sh", "-c", "echo \"$PARENT_RUN_ID ${PATH:+has path}\""),
            Map.of("PARENT_RUN_ID", "7"),
            log);

    assertThat(exitOf(command).lastOutput()).isEqualTo("7 has path\n");
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    ChildCommand command = command(List.of("printf", "%s|", "a b", "$HOME", "", "ü"));

    assertThat(exitOf(command).lastOutput()).startsWith("a b|$HOME||");
  }

  @Test
  void knowsThePidAndTheStartOfTheChild() throws Exception {
    Instant before = Instant.now();
    ChildProcess child = spawn(sh("echo $$"));

    assertThat(exitOf(child).lastOutput()).isEqualTo(child.pid() + "\n");
    assertThat(child.startedAt()).isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void cannotBeToldAnExitFromOutside() {
    ChildProcess child = spawn(sh("cat"));
    child.onExit().complete(ChildExit.of(0, Duration.ZERO, ""));

    assertThat(child.onExit()).isNotDone();
    child.kill();
  }

  @Test
  void saysThatAProgramIsMissing() {
    assertThatThrownBy(() -> spawn(command(List.of("/no/such/program"))))
        .isInstanceOf(ChildStartException.class)
        .hasMessage(
            "start W00001: '/no/such/program' was not found; name an existing program, by its"
                + " path or one that PATH finds")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void saysThatAFileMayNotBeExecuted() throws IOException {
    Path file = Files.writeString(directory.resolve("data.txt"), "no program");

    assertThatThrownBy(() -> spawn(command(List.of(file.toString()))))
        .isInstanceOf(ChildStartException.class)
        .hasMessageContaining("may not be executed; make the file executable");
  }

  @Test
  void saysThatTheLogCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("logs"), "a file where a directory should be");

    assertThatThrownBy(() -> spawn(sh("true")))
        .isInstanceOf(ChildStartException.class)
        .hasMessageStartingWith("start W00001: its log file " + file)
        .hasMessageContaining("it was not started");
  }

  @Test
  void killsWhatTheChildHasStartedToo() throws Exception {
    Path pid = directory.resolve("pid");
    ChildProcess child =
        spawn(sh("sleep 300 & echo $! > %s.new; mv %s.new %s; wait".formatted(pid, pid, pid)));
    while (!Files.exists(pid)) {
      Thread.onSpinWait();
    }
    ProcessHandle grandchild =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    child.kill();

    child.onExit().get(10, TimeUnit.SECONDS);
    grandchild.onExit().get(10, TimeUnit.SECONDS);
    assertThat(grandchild.isAlive()).isFalse();
  }

  @Test
  void refusesWhatNoProcessCanBeGiven() {
    assertThatThrownBy(() -> command(List.of())).hasMessageContaining("is empty");
    assertThatThrownBy(() -> command(List.of("a\0b"))).hasMessageContaining("NUL");
    assertThatThrownBy(
            () -> new ChildCommand("W1", "worker", List.of("true"), Map.of("A=B", "c"), log))
        .hasMessageContaining("'A=B' cannot be the name of an environment variable");
  }

  private ChildCommand sh(String script) {
    return command(List.of("sh", "-c", script));
  }

  private ChildCommand command(List<String> command) {
    return new ChildCommand("W00001", "worker", command, Map.of(), log);
  }

  private static ChildProcess spawn(ChildCommand command) {
    return ChildProcess.spawn(command);
  }

  private static ChildExit exitOf(ChildCommand command) throws Exception {
    return exitOf(spawn(command));
  }

  private static ChildExit exitOf(ChildProcess child) throws Exception {
    return child.onExit().get(30, TimeUnit.SECONDS);
  }

  /** The log is written by another thread; the deadline is that of the test. */
  private void awaitLog(String text) throws IOException {
    while (!Files.exists(log) || !Files.readString(log).contains(text)) {
      Thread.onSpinWait();
    }
  }
}
