package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevisionCommandTest extends ConsoleTest {

  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  private Path jar;

  @BeforeEach
  void build() throws IOException {
    jar = Files.writeString(directory.resolve("worker.jar"), "content");
    run("submit", "--prompt", "makes the database");
  }

  @Test
  void registersABuildAndTellsWhereItIs() {
    assertThat(run("revision", "add", "--revision", SHA, jar.toString()).out())
        .contains("revision " + SHA + ", attempt 1, is registered")
        .contains("runlog revision promote");
    assertThat(run("revision", "list").out()).contains("0123456789").contains("registered");
    assertThat(run("revision", "show", "0123456", "--json").out())
        .contains("\"state\":\"registered\"")
        .contains("\"promote_requested_at\":null");
    assertThat(directory.resolve("runlog.db.revisions").resolve(SHA).resolve("worker.jar"))
        .hasContent("content");
  }

  @Test
  void passesWishesOn() {
    run("revision", "add", "--revision", SHA, jar.toString());
    assertThat(run("revision", "promote", SHA).out()).contains("promote asked for, now registered");
    assertThat(run("revision", "rollback", SHA).out()).contains("now rejected (taken back by run");
    assertThat(run("revision", "rollback", SHA).exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void putsTheFileOfARegisteredBuildBack() throws IOException {
    run("revision", "add", "--revision", SHA, jar.toString());
    Path kept = directory.resolve("runlog.db.revisions").resolve(SHA).resolve("worker.jar");
    Files.delete(kept);
    assertThat(run("revision", "add", "--revision", SHA, jar.toString()).out())
        .contains("is registered already");
    assertThat(kept).hasContent("content");
  }

  @Test
  void asksForTheBuildThatIsRegisteredAlready() {
    run("revision", "add", "--revision", SHA, jar.toString());
    assertThat(run("revision", "add", "--promote", "--revision", SHA, jar.toString()).out())
        .contains("is registered already")
        .contains("goes into the fleet once it is verified");
    assertThat(run("revision", "show", SHA).out()).contains("promote asked");
  }

  @Test
  void refusesWhatItCannotUnderstand() {
    assertThat(run("revision", "add", "--revision", "main", jar.toString()).err())
        .contains("'main' is no git SHA");
    assertThat(run("revision", "add", "--revision", SHA, "no-such.jar").err())
        .contains("no-such.jar is missing");
    assertThat(run("revision", "show", "fffffff").err()).contains("there is no revision fffffff");
  }

  @Test
  void comparesTwoBuilds() {
    assertThat(run("revision", "diff", "aaaaaaa", "bbbbbbb").out())
        .contains("FIGURE", "crash, % of runs", "p95, ms a task", "cost, $ a task");
    assertThat(run("revision", "diff", "aaaaaaa", "bbbbbbb", "--json").out())
        .contains("\"crash_rate\":{\"a\":null,\"b\":null}");
  }
}
