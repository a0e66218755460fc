package dev.runlog.process.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void readsTheRevisionOfABuildWithoutChanges() throws IOException {
    assertThat(BuildManifest.revisionOf(jar(BuildManifest.ATTRIBUTE, SHA))).contains(SHA);
    assertThat(BuildManifest.revisionOf(jar(BuildManifest.ATTRIBUTE, SHA + "-dirty"))).isEmpty();
    assertThat(BuildManifest.revisionOf(jar("Created-By", "me"))).isEmpty();
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
