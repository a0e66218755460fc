package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.artifact.BuildManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerWarmUpTest {

  @TempDir Path directory;

  @Test
  void wantsAnArchiveOfAWorkerThatCanRehearse() throws IOException {
    assertThat(WorkerWarmUp.of(worker("--rehearse --spare"), Map.of()).isArchiveWanted()).isTrue();
  }

  @Test
  void neverRunsAWorkerThatDoesNotSayThatItRehearses() throws IOException {
    assertThat(WorkerWarmUp.of(worker("none"), Map.of()).isArchiveWanted()).isFalse();
  }

  private Path worker(String options) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(BuildManifest.WORKER_OPTIONS, options);
    Path jar = directory.resolve("worker.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
