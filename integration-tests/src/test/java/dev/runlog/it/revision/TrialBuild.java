package dev.runlog.it.revision;

import dev.runlog.it.kit.Program;
import dev.runlog.process.artifact.BuildManifest;
import dev.runlog.process.child.WorkerOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A worker jar of a test: {@link TrialBuildMain} and what it is to do, on top of the real worker.
 *
 * @param sha its name
 * @param behaviour what is wrong with it, {@code good} for nothing
 * @param millis how long a task takes
 */
record TrialBuild(String sha, String behaviour, long millis) {

  /** So long that a fed fleet always has tasks at hand, and a slower build stands out. */
  private static final long MILLIS = 100;

  static TrialBuild good(char digit) {
    return new TrialBuild(String.valueOf(digit).repeat(40), "good", MILLIS);
  }

  static TrialBuild bad(char digit, String behaviour) {
    return new TrialBuild(String.valueOf(digit).repeat(40), behaviour, MILLIS);
  }

  TrialBuild taking(long longer) {
    return new TrialBuild(sha, behaviour, longer);
  }

  /** The jar in a directory, written if it is not there yet: another one had another hash. */
  Path in(Path directory) throws IOException {
    Path jar = directory.resolve(behaviour + "-" + millis + "-" + sha.substring(0, 7) + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, TrialBuildMain.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, Program.WORKER.jar().toUri().toString());
    attributes.putValue("Implementation-Build", sha);
    attributes.putValue(BuildManifest.WORKER_OPTIONS, WorkerOption.SPARE);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      add(entries, "build.properties", properties());
      addClasses(entries);
    }
    return jar;
  }

  private byte[] properties() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("behaviour", behaviour);
    properties.setProperty("millis", Long.toString(millis));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    properties.store(bytes, null);
    return bytes.toString(StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void addClasses(JarOutputStream entries) throws IOException {
    Path classes = Path.of(System.getProperty("basedir", "")).resolve("target/test-classes");
    Path here = classes.resolve("dev/runlog/it/revision");
    try (Stream<Path> files = Files.list(here)) {
      for (Path file : files.filter(TrialBuild::isOfMain).toList()) {
        add(entries, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  private static boolean isOfMain(Path file) {
    return file.getFileName().toString().startsWith("TrialBuildMain");
  }

  private static void add(JarOutputStream entries, String name, byte[] content) throws IOException {
    entries.putNextEntry(new ZipEntry(name));
    entries.write(content);
    entries.closeEntry();
  }
}
