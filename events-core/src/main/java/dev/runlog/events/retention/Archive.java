package dev.runlog.events.retention;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventObject;
import dev.runlog.events.retention.ArchiveContent.Seal;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file of events, one JSON object a line, compressed with gzip. It has its name only once it is
 * on the disk and was read back.
 */
final class Archive {

  private final Path file;
  private final Path unfinished;

  /**
   * @param file where the archive will be; must not exist
   */
  Archive(Path file) {
    this.file = file.toAbsolutePath().normalize();
    this.unfinished = this.file.resolveSibling(this.file.getFileName() + ".part");
  }

  Path file() {
    return file;
  }

  /** Gives all events to a consumer, one after the other. */
  interface Source {
    void forEach(Consumer<Event> consumer);
  }

  /**
   * Writes the archive, waits until it is on the disk and reads it back.
   *
   * @return what it holds
   * @throws ArchiveException when any of that fails; no archive is left
   */
  Seal write(Source events) {
    if (Files.exists(file)) {
      throw new ArchiveException(
          "archive " + file + ": the file exists; nothing was removed; name a new file");
    }
    try {
      Seal written = writeUnfinished(events);
      requireSame(written, readUnfinished());
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory();
      return written;
    } catch (IOException e) {
      throw new ArchiveException(
          "archive "
              + file
              + ": "
              + e
              + "; nothing was removed; is there a directory with enough space that you may write to?",
          e);
    } finally {
      deleteUnfinished();
    }
  }

  private Seal writeUnfinished(Source events) throws IOException {
    ArchiveContent content = new ArchiveContent();
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      GZIPOutputStream zip = new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16);
      Writer out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
      events.forEach(event -> writeLine(Json.write(EventObject.of(event)), out, content));
      out.flush();
      zip.finish();
      channel.force(true);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return content.seal();
  }

  private static void writeLine(String line, Writer out, ArchiveContent content) {
    content.add(line);
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Seal readUnfinished() throws IOException {
    ArchiveContent content = new ArchiveContent();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(unfinished), 1 << 16),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        content.add(line);
      }
    }
    return content.seal();
  }

  private void requireSame(Seal written, Seal read) {
    if (!written.equals(read)) {
      throw new ArchiveException(
          "archive "
              + file
              + ": "
              + written.lines()
              + " events were written, what was read back is different ("
              + read.lines()
              + " lines); nothing was removed; check the disk");
    }
  }

  private void deleteUnfinished() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new ArchiveException("delete " + unfinished + ": " + e, e);
    }
  }

  /** The name of the file is on the disk only when its directory is. */
  private void syncDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
