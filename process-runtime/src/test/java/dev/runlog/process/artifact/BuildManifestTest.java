package dev.runlog.process.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildManifestTest {

  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path directory;

  @Test
  void knowsTheOptionsThatAWorkerNames() throws IOException {
    Path jar = jar(BuildManifest.WORKER_OPTIONS, "--rehearse --spare");
    assertThat(BuildManifest.takes(jar, "--rehearse")).isTrue();
    assertThat(BuildManifest.takes(jar, "--spare")).isTrue();
    assertThat(BuildManifest.takes(jar, "--sp")).isFalse();
  }

  @Test
  void doesNotTrustAJarThatNamesNone() throws IOException {
    assertThat(BuildManifest.takes(jar("Created-By", "me"), "--spare")).isFalse();
    Path noJar = Files.writeString(directory.resolve("worker.sh"), "#!/bin/sh");
    assertThat(BuildManifest.takes(noJar, "--spare")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {SHA, "0123456789abcdef"})
  void readsTheRevisionOfABuildWithoutChanges(String sha) throws IOException {
    Path jar = jar(BuildManifest.ATTRIBUTE, sha);
    assertThat(BuildManifest.revisionOf(jar)).contains(sha);
    assertThat(BuildManifest.hasUncommittedChanges(jar)).isFalse();
  }

  @Test
  void knowsABuildWithChangesThatNoCommitHas() throws IOException {
    Path jar = jar(BuildManifest.ATTRIBUTE, SHA + BuildManifest.DIRTY);
    assertThat(BuildManifest.revisionOf(jar)).isEmpty();
    assertThat(BuildManifest.hasUncommittedChanges(jar)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown"})
  void hasNoRevisionWhereTheBuildKnewNone(String build) throws IOException {
    Path jar = jar(BuildManifest.ATTRIBUTE, build);
    assertThat(BuildManifest.revisionOf(jar)).isEmpty();
    assertThat(BuildManifest.hasUncommittedChanges(jar)).isFalse();
    assertThat(BuildManifest.revisionOf(jar("Created-By", "me"))).isEmpty();
  }

  @Test
  void refusesWhatIsNoJar() throws IOException {
    Path text = Files.writeString(directory.resolve("text.jar"), "text");
    assertThatThrownBy(() -> BuildManifest.revisionOf(text))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("is no jar");
  }

  private Path jar(String attribute, String value) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(attribute, value);
    Path jar = directory.resolve("worker.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
