package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.artifact.Artifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseJarTest {

  private static final long DEADLINE_SECONDS = 20;

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    jar = Files.writeString(directory.resolve("worker.jar"), "as it was");
  }

  @Test
  void isWhatItWasAtTheStartAlsoAfterANewBuildIsWrittenOverIt() throws Exception {
    BaseJar base = base();
    base.keep();
    assertThat(base.kept().get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isPresent();
    assertThat(base.file()).isEqualTo(jar);

    Files.writeString(jar, "a new build");
    assertThat(base.file()).hasContent("as it was");
    assertThat(base.problem()).isEmpty();
    Files.delete(jar);
    assertThat(base.file()).hasContent("as it was");
    Files.writeString(base.file(), "touched");
    assertThat(base.problem()).hasValueSatisfying(why -> assertThat(why).contains("sha256"));
  }

  @Test
  void isWhereItWasWhileNoCopyIsKept() throws IOException {
    BaseJar base = base();
    Files.writeString(jar, "a new build");
    assertThat(base.file()).isEqualTo(jar);
    assertThat(base.problem()).isEmpty();
    Files.delete(jar);
    assertThat(base.problem())
        .hasValueSatisfying(why -> assertThat(why).endsWith("with the supervisor, is missing"));
  }

  @Test
  void keepsNothingThatWasReplacedBefore() throws Exception {
    BaseJar base = base();
    Files.writeString(jar, "a new build");
    base.keep();
    assertThat(base.kept().get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEmpty();
    assertThat(base.file()).isEqualTo(jar);
  }

  @Test
  void isTheCopyOfAnEarlierSupervisorWhereTheFileIsGone() throws Exception {
    BaseJar earlier = base();
    earlier.keep();
    assertThat(earlier.kept().get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isPresent();
    Files.delete(jar);

    BaseJar later = base();
    assertThat(later.problem()).isEmpty();
    assertThat(later.file()).hasContent("as it was");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(jar + ", the worker that came", "is missing");
    later.keep();
    Files.writeString(jar, "a new build");
    assertThat(later.file()).as("what it was at the start").hasContent("as it was");
  }

  @Test
  void isMissingWhereNobodyKeptACopy() throws IOException {
    Files.delete(jar);
    BaseJar base = base();
    base.keep();
    assertThat(base.problem())
        .hasValueSatisfying(why -> assertThat(why).endsWith("with the supervisor, is missing"));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void saysThatItCannotBeKeptAndGoesOn() throws Exception {
    Files.writeString(directory.resolve("runlog.db.revisions"), "in the way");
    BaseJar base = base();
    base.keep();
    assertThat(base.kept().get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("it could not be taken back");
    assertThat(base.problem()).isEmpty();
  }

  private BaseJar base() {
    return new BaseJar(
        jar,
        new Artifacts(directory.resolve("runlog.db")),
        "supervisor-main",
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
