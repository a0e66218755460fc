package dev.runlog.process.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.child.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WarmStartTest {

  /** A program that says hello. */
  static final class Hello {
    public static void main(String[] args) {
      System.out.println("hello " + String.join(" ", args));
    }
  }

  @TempDir Path directory;

  @Test
  void startsWithoutAnythingMadeAndWithTheArchive() throws Exception {
    Path jar = jar();
    WarmStart warm = WarmStart.of(jar, Map.of());

    assertThat(run(jar, warm)).isEqualTo("hello \n");
    assertThat(warm.makeArchive(List.of(), "rehearsal")).isTrue();
    assertThat(warm.archive().orElseThrow()).isRegularFile();
    assertThat(run(jar, warm)).isEqualTo("hello \n");
  }

  @Test
  void neverUsesTheArchiveOfAnotherBuild() throws Exception {
    Path jar = jar();
    Path archive = WarmStart.of(jar, Map.of()).archive().orElseThrow();

    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));

    assertThat(WarmStart.of(jar, Map.of()).archive().orElseThrow()).isNotEqualTo(archive);
  }

  @Test
  void keepsWhatItMakesInTheUsersCacheWhereItMayNotWriteBesideTheJar() {
    Path jar = Path.of("/proc/nowhere/worker.jar");

    assertThat(CacheDirectory.of(jar, Map.of("HOME", "/home/me")))
        .contains(Path.of("/home/me/.cache/runlog/startup-cache"));
    assertThat(CacheDirectory.of(jar, Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "/cache")))
        .contains(Path.of("/cache/runlog/startup-cache"));
    assertThat(CacheDirectory.of(jar, Map.of("HOME", "relative"))).isEmpty();
  }

  @Test
  void leavesAJarWithoutANativeLibraryAlone() throws Exception {
    WarmStart warm = WarmStart.of(jar(), Map.of());

    warm.unpackLibrary();

    assertThat(directory.resolve("startup-cache")).doesNotExist();
  }

  private static String run(Path jar, WarmStart warm) throws Exception {
    Process process =
        new ProcessBuilder(
                JavaCommand.ofSameJava(jar)
                    .withJvmArgs(warm.jvmArgs().toArray(String[]::new))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private Path jar() throws IOException {
    Path jar = directory.resolve("hello.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
    String entry = Hello.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream file = new JarOutputStream(out, manifest);
        InputStream code = Hello.class.getClassLoader().getResourceAsStream(entry)) {
      file.putNextEntry(new JarEntry(entry));
      code.transferTo(file);
      file.closeEntry();
    }
    return jar;
  }
}
