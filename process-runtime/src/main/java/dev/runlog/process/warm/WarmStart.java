package dev.runlog.process.warm;

import dev.runlog.events.db.SqliteLibrary;
import dev.runlog.events.files.DirectoryTree;
import dev.runlog.process.child.JavaCommand;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.propagation.ParentRun;
import dev.runlog.process.settings.KnownSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Starts a jar in less than half of the time: by an archive of the classes that it loads, and with
 * its native library unpacked once. Both are kept in a directory that is named after one build of
 * the jar and one version of Java, so that neither is ever used for another; without them the jar
 * just starts as slowly as it would. Thread-safe, also among processes.
 */
public final class WarmStart {

  private static final Duration LONGEST_REHEARSAL = Duration.ofMinutes(3);
  private static final Set<String> OF_THIS_RUN =
      Set.of(
          ParentRun.VARIABLE,
          ChildEnvironment.INSTANCE_ID,
          ChildEnvironment.TRACEPARENT,
          "OPENAI_API_KEY",
          "OPENAI_BASE_URL");
  private static final Path NICE = Path.of("/usr/bin/nice");

  private final Path jar;
  private final Optional<Path> directory;
  private final ArchiveKind kind = ArchiveKind.of(Runtime.version().feature());

  private WarmStart(Path jar, Optional<Path> directory) {
    this.jar = jar;
    this.directory = directory;
  }

  /**
   * For a jar that this Java is to run.
   *
   * @param env environment of this process, which says where the user's cache is
   * @throws UncheckedIOException when the jar cannot be looked at
   */
  public static WarmStart of(Path jar, Map<String, String> env) {
    try {
      String build = buildOf(jar);
      return new WarmStart(jar, CacheDirectory.of(jar, env).map(cache -> cache.resolve(build)));
    } catch (IOException e) {
      throw new UncheckedIOException("look at " + jar, e);
    }
  }

  /** Size and time say which build of the jar it is; the JVM compares both as well. */
  private static String buildOf(Path jar) throws IOException {
    String java = Runtime.version() + " " + System.getProperty("java.vm.name");
    return "%s-%d-%d-java%d-%08x"
        .formatted(
            jar.getFileName(),
            Files.size(jar),
            Files.getLastModifiedTime(jar).toMillis(),
            Runtime.version().feature(),
            java.hashCode());
  }

  /**
   * What the JVM is to be given to start from what is kept here, now or later: what is not there
   * does not matter.
   */
  public List<String> jvmArgs() {
    List<String> args = new ArrayList<>();
    archive().map(kind::usingArgs).ifPresent(args::addAll);
    library().map(SqliteLibrary::jvmArgs).ifPresent(args::addAll);
    return List.copyOf(args);
  }

  /** The archive of classes, whether it is made or not; empty where nothing can be kept. */
  public Optional<Path> archive() {
    return directory.map(there -> there.resolve(kind.fileName()));
  }

  private Optional<Path> library() {
    return directory.map(there -> there.resolve(nameOf(SqliteLibrary.entryInJar())));
  }

  private static String nameOf(String entry) {
    return entry.substring(entry.lastIndexOf('/') + 1);
  }

  /**
   * Unpacks the native library unless it is there; a jar without one is left alone.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public void unpackLibrary() {
    Optional<Path> library = library().filter(Files::notExists);
    if (library.isEmpty()) {
      return;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(SqliteLibrary.entryInJar());
      if (entry != null) {
        try (InputStream content = zip.getInputStream(entry)) {
          put(content, library.get());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("unpack the library of " + jar, e);
    }
  }

  private static void put(InputStream content, Path file) throws IOException {
    Path directory = Files.createDirectories(directoryOf(file));
    Path part = Files.createTempFile(directory, nameOf(file.toString()), ".part");
    Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path directoryOf(Path file) {
    return file.toAbsolutePath().resolveSibling(".").normalize();
  }

  /**
   * Makes the archive unless it is there or somebody else is at it: runs the jar once with
   * arguments that make it do what it usually does and end. Takes some seconds, at a low priority.
   *
   * @param jvmArgs what the JVM will be given later as well, such as its collector
   * @param rehearsal arguments of that run
   * @return whether the archive is there now
   * @throws UncheckedIOException when it cannot be made
   * @throws InterruptedException when interrupted; the run is ended
   */
  public boolean makeArchive(List<String> jvmArgs, String... rehearsal)
      throws InterruptedException {
    if (archive().isEmpty() || Files.notExists(jar)) {
      return false;
    }
    Path archive = archive().get();
    try {
      Path place = Files.createDirectories(directoryOf(archive));
      try (FileChannel channel = openLock(place);
          FileLock lock = channel.tryLock()) {
        if (lock != null && Files.notExists(archive)) {
          rehearse(archive, jvmArgs, rehearsal);
          dropOtherBuilds(place);
        }
      }
      return Files.exists(archive);
    } catch (IOException e) {
      if (Files.notExists(jar)) {
        return false; // A build that was taken back while its archive was made.
      }
      throw new UncheckedIOException("make " + archive, e);
    }
  }

  private static FileChannel openLock(Path place) throws IOException {
    return FileChannel.open(
        place.resolve("making.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void rehearse(Path archive, List<String> jvmArgs, String... rehearsal)
      throws IOException, InterruptedException {
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    Files.deleteIfExists(part);
    Process process = start(part, jvmArgs, rehearsal);
    try {
      boolean ended = process.waitFor(LONGEST_REHEARSAL.toSeconds(), TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0 && Files.exists(part)) {
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(part);
    }
  }

  private Process start(Path part, List<String> jvmArgs, String... rehearsal) throws IOException {
    List<String> args = new ArrayList<>(kind.makingArgs(part));
    args.addAll(jvmArgs);
    library().map(SqliteLibrary::jvmArgs).ifPresent(args::addAll);
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", "19"));
    }
    command.addAll(
        JavaCommand.ofSameJava(jar)
            .withJvmArgs(args.toArray(String[]::new))
            .withArgs(rehearsal)
            .toList());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
    // Its standard input is a pipe, which ends with this process: then it is to end as well.
    builder.environment().keySet().removeIf(WarmStart::isOfThisRun);
    builder.environment().put(KnownSettings.LIFELINE, ChildEnvironment.LIFELINE_STDIN);
    return builder.start();
  }

  /** It has no business with the database and the tasks of the process that starts it. */
  private static boolean isOfThisRun(String variable) {
    return variable.startsWith(KnownSettings.PREFIX) || OF_THIS_RUN.contains(variable);
  }

  /** Those of older builds of this jar for this Java, which nobody starts any more. */
  private void dropOtherBuilds(Path own) throws IOException {
    String prefix = jar.getFileName() + "-";
    String java = "-java" + Runtime.version().feature() + "-";
    try (Stream<Path> builds = Files.list(own.resolveSibling(".").normalize())) {
      List<Path> others =
          builds
              .filter(build -> !build.equals(own))
              .filter(build -> build.getFileName().toString().startsWith(prefix))
              .filter(build -> build.getFileName().toString().contains(java))
              .toList();
      for (Path other : others) {
        DirectoryTree.delete(other);
      }
    }
  }
}
