package dev.runlog.console.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.process.ExitCode;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.process.artifact.BuildManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevisionCommandTest extends ConsoleTest {

  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  private static final Duration DEADLINE = Duration.ofSeconds(20);

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
  void tellsProgramsOfTheWishThatItHasJustMade() {
    run("revision", "add", "--revision", SHA, jar.toString());
    assertThat(
            run("revision", "add", "--promote", "--json", "--revision", SHA, jar.toString()).out())
        .containsPattern("\"promote_requested_at\":[0-9]+");
  }

  @Test
  void leavesTheJarOfWhoeverRegisteredAnotherContentJustBefore() throws Exception {
    Path other = Files.writeString(directory.resolve("other.jar"), "other content");
    Future<Outcome> second =
        whileAtTheJars(
            List.of("revision", "add", "--revision", SHA, other.toString()),
            artifacts -> {
              String hash = Artifacts.hashOf(jar);
              artifacts.keep(SHA, jar, hash);
              fleet.register(SHA, hash);
            });
    assertThat(second.get(DEADLINE.toSeconds(), TimeUnit.SECONDS).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(new Artifacts(file).fileOf(SHA)).hasContent("content");
  }

  @Test
  void putsAFileBackOnlyWhileNobodyRemovesJars() throws Exception {
    run("revision", "add", "--revision", SHA, jar.toString());
    Future<Outcome> repair =
        whileAtTheJars(
            List.of("revision", "add", "--revision", SHA, jar.toString()),
            artifacts -> artifacts.remove(SHA));
    assertThat(repair.get(DEADLINE.toSeconds(), TimeUnit.SECONDS).out())
        .contains("its jar is in place");
    assertThat(new Artifacts(file).fileOf(SHA)).hasContent("content");
  }

  /** Does something with the jars while a command waits for its turn at them. */
  private Future<Outcome> whileAtTheJars(List<String> command, Consumer<Artifacts> deed)
      throws InterruptedException {
    Artifacts artifacts = new Artifacts(file);
    FutureTask<Outcome> waiting = new FutureTask<>(() -> run(command.toArray(String[]::new)));
    Thread thread = new Thread(waiting);
    return artifacts.alone(
        Duration.ZERO,
        () -> {
          thread.start();
          awaitThatItWaits(thread);
          deed.accept(artifacts);
          return waiting;
        });
  }

  private static void awaitThatItWaits(Thread thread) {
    long start = System.nanoTime();
    while (Stream.of(thread.getStackTrace())
        .noneMatch(
            frame ->
                frame.getClassName().equals(Artifacts.class.getName())
                    && frame.getMethodName().equals("alone"))) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
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
  void namesABuildByItsManifest() throws IOException {
    Path built = builtFrom(SHA);
    assertThat(run("revision", "add", built.toString()).out()).contains("revision " + SHA);
  }

  @Test
  void wantsANameForABuildThatNoCommitHas() throws IOException {
    Path built = builtFrom(SHA + "-dirty");
    assertThat(run("revision", "add", built.toString()).err())
        .contains("no commit names " + built)
        .contains("--revision SHA");
    assertThat(run("revision", "list", "--json").out()).isEmpty();
    assertThat(run("revision", "add", "--revision", SHA, built.toString()).out())
        .contains("is registered");
  }

  @Test
  void namesABuildByTheCommitOfTheTreeThatItLiesIn() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path source = Files.writeString(tree.resolve("Source.java"), "class Source {}");
    git(tree, "init", "--quiet");
    git(tree, "add", "Source.java");
    git(tree, "commit", "--quiet", "--message", "first");
    Path built = Files.move(builtFrom(""), tree.resolve("worker.jar"));
    String head = git(tree, "rev-parse", "HEAD");

    assertThat(run("revision", "add", built.toString()).out()).contains("revision " + head);

    Files.writeString(source, "class Changed {}");
    assertThat(run("revision", "add", built.toString()).err())
        .contains("the git tree that it lies in has changes that are not committed");
  }

  @Test
  void comparesABuildWithTheOneThatCameWithTheSupervisor() {
    String base = "fedcba9876543210fedcba9876543210fedcba98";
    fleet.log(
        fleet.supervisor,
        "worker.spawned",
        Map.of("worker_instance_id", "W00001", "pid", 42, "revision", base));
    run("revision", "add", "--revision", SHA, jar.toString());

    assertThat(run("revision", "diff", "fedcba9", "0123456").out())
        .contains("A " + base + ", B " + SHA)
        .contains("FIGURE", "crash, % of runs", "p95, ms a task", "cost, $ a task");
    assertThat(run("revision", "diff", SHA, SHA, "--json").out())
        .contains("\"crash_rate\":{\"a\":null,\"b\":null}");
    assertThat(run("revision", "diff", "fedcba9", "abcdef0").err())
        .contains("there is no revision abcdef0 of supervisor-main");
  }

  private Path builtFrom(String commit) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(BuildManifest.ATTRIBUTE, commit);
    Path built = directory.resolve("built.jar");
    new JarOutputStream(Files.newOutputStream(built), manifest).close();
    return built;
  }

  /** Runs git, as somebody whom it takes commits from; returns what it prints. */
  private static String git(Path tree, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=Test"));
    command.addAll(List.of("-c", "user.email=test@example.com"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).directory(tree.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return out;
  }
}
