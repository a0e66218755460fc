package dev.runlog.process.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFinderTest {

  private static final String SETTING = "RUNLOG_WORKER_JAR";

  @TempDir Path root;

  @Test
  void findsTheJarBesideTheRunningOne() throws IOException {
    Path running = file("lib/supervisor.jar");
    Path worker = file("lib/worker.jar");

    assertThat(find(running)).isEqualTo(worker);
  }

  @Test
  void findsTheJarInTheBuildTreeOfTheRunningOne() throws IOException {
    Path running = file("supervisor/target/supervisor.jar");
    Path worker = file("worker/target/worker.jar");

    assertThat(find(running)).isEqualTo(worker);
    assertThat(find(root.resolve("supervisor/target/classes"))).isEqualTo(worker);
  }

  @Test
  void takesTheSettingBeforeAnythingElse() throws IOException {
    Path running = file("lib/supervisor.jar");
    file("lib/worker.jar");
    Path told = file("elsewhere/my-worker.jar");

    assertThat(new JarFinder(Optional.of(running)).find("worker", Optional.of(told), SETTING))
        .isEqualTo(told);
  }

  @Test
  void knowsWhereABuildWouldPutTheJar() throws IOException {
    JarFinder finder = new JarFinder(Optional.of(root.resolve("supervisor/target/supervisor.jar")));
    Path built = root.resolve("worker/target/worker.jar");
    assertThat(finder.placeOf("worker", Optional.empty(), SETTING)).isEqualTo(built);
    Path beside = file("supervisor/target/worker.jar");
    assertThat(finder.placeOf("worker", Optional.empty(), SETTING)).isEqualTo(beside);
    assertThat(finder.placeOf("worker", Optional.of(root.resolve("told.jar")), SETTING))
        .isEqualTo(root.resolve("told.jar"));
    assertThatThrownBy(
            () -> new JarFinder(Optional.empty()).placeOf("worker", Optional.empty(), SETTING))
        .isInstanceOf(JarMissingException.class);
  }

  @Test
  void namesAllPlacesAndTheSettingWhenItIsNowhere() {
    assertThatThrownBy(() -> find(root.resolve("supervisor/target/supervisor.jar")))
        .isInstanceOf(JarMissingException.class)
        .hasMessage(
            "worker.jar was not found (looked at: "
                + root.resolve("supervisor/target/worker.jar")
                + ", "
                + root.resolve("worker/target/worker.jar")
                + "); build it (mvn install), or name it in RUNLOG_WORKER_JAR");
  }

  @Test
  void doesNotLookElsewhereWhenTheSettingIsWrong() throws IOException {
    Path running = file("lib/supervisor.jar");
    file("lib/worker.jar");
    Path told = root.resolve("typo.jar");

    assertThatThrownBy(
            () -> new JarFinder(Optional.of(running)).find("worker", Optional.of(told), SETTING))
        .hasMessage(
            "worker.jar was not found (looked at: "
                + told
                + "); RUNLOG_WORKER_JAR names it, correct the path");
  }

  @Test
  void looksAroundTheCodeOfAClass() {
    assertThatThrownBy(() -> JarFinder.around(JarFinder.class).find("nobody", none(), SETTING))
        .hasMessageContaining(Path.of("nobody", "target", "nobody.jar").toString());
    assertThatThrownBy(() -> JarFinder.around(String.class).find("nobody", none(), SETTING))
        .hasMessageContaining("nobody.jar was not found");
  }

  private Path find(Path running) {
    return new JarFinder(Optional.of(running)).find("worker", none(), SETTING);
  }

  private static Optional<Path> none() {
    return Optional.empty();
  }

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "jar");
  }
}
