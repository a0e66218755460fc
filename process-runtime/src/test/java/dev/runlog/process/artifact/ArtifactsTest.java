package dev.runlog.process.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

  private static final String SHA = "a1b2c3d4";

  @TempDir Path directory;

  @Test
  void keepsACopyBesideTheDatabaseAndNothingElse() throws IOException {
    Path jar = Files.writeString(directory.resolve("built.jar"), "content");
    Artifacts artifacts = artifacts();
    artifacts.keep(SHA, jar, Artifacts.hashOf(jar));

    Path kept = directory.resolve("runlog.db.revisions").resolve(SHA).resolve("worker.jar");
    assertThat(artifacts.fileOf(SHA)).isEqualTo(kept).hasContent("content");
    assertThat(kept.getParent()).isDirectoryNotContaining("glob:**incoming*");
    assertThat(artifacts.problemOf(SHA, Artifacts.hashOf(jar))).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFileThatWasTouchedOrIsGone() throws IOException {
    Path jar = Files.writeString(directory.resolve("built.jar"), "content");
    String hash = Artifacts.hashOf(jar);
    Artifacts artifacts = artifacts();
    artifacts.keep(SHA, jar, hash);

    Files.writeString(artifacts.fileOf(SHA), "other");
    assertThat(artifacts.problemOf(SHA, hash))
        .hasValueSatisfying(
            why -> assertThat(why).contains("as registered; put the right file back"));
    artifacts.remove(SHA);
    artifacts.remove(SHA);
    assertThat(artifacts.problemOf(SHA, hash))
        .hasValueSatisfying(why -> assertThat(why).endsWith("worker.jar is missing"));
  }

  @Test
  void keepsNothingThatChangedSinceItWasHashed() throws IOException {
    Path jar = Files.writeString(directory.resolve("built.jar"), "content");
    assertThatThrownBy(() -> artifacts().keep(SHA, jar, "0".repeat(64)))
        .isInstanceOf(ArtifactException.class);
    assertThat(artifacts().fileOf(SHA)).doesNotExist();
  }

  private Artifacts artifacts() {
    return new Artifacts(directory.resolve("runlog.db"));
  }
}
