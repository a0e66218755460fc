package dev.runlog.events.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {

  @TempDir Path parent;

  @Test
  void isGoneWithAllThatIsInItOnceItIsClosed() throws IOException {
    Path path;
    try (ScratchDirectory scratch = make("check", Instant.now())) {
      path = scratch.path();
      Files.createDirectory(path.resolve("locks"));
      Files.writeString(path.resolve("locks").resolve("schema.lock"), "");
    }
    assertThat(path).doesNotExist();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void deletesTheLinksInItAndNotWhatTheyLeadTo() throws IOException {
    Path precious = Files.writeString(parent.resolve("precious"), "kept");
    try (ScratchDirectory scratch = make("check", Instant.now())) {
      Files.createSymbolicLink(scratch.path().resolve("link"), precious);
    }
    assertThat(precious).hasContent("kept");
  }

  @Test
  void removesWhatKilledProcessesLeftAnHourAgo() throws IOException {
    Path left = make("check", Instant.now()).path();
    Files.writeString(left.resolve("scratch.db"), "a copy");
    Path ofAnother = make("rehearsal", Instant.now()).path();
    Path ofAPerson = Files.createDirectory(parent.resolve("runlog-check-notes"));

    Path soon = make("check", Instant.now().plus(Duration.ofMinutes(59))).path();
    assertThat(left).exists();
    Path later = make("check", Instant.now().plus(Duration.ofMinutes(61))).path();

    assertThat(parent.toFile().listFiles())
        .extracting(File::toPath)
        .containsExactlyInAnyOrder(later, ofAnother, ofAPerson);
    assertThat(soon).doesNotExist();
  }

  private ScratchDirectory make(String purpose, Instant now) throws IOException {
    return ScratchDirectory.in(parent, purpose, now);
  }
}
