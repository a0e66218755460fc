package dev.runlog.supervisor.demo;

import dev.runlog.events.tasks.TaskLine;
import dev.runlog.events.tasks.TaskSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The tasks of the demo, one JSON object a line as people write them. */
final class SamplePrompts {

  private static final String RESOURCE = "sample-tasks.jsonl";

  private SamplePrompts() {}

  static List<TaskSpec> read() {
    try (InputStream lines = SamplePrompts.class.getResourceAsStream(RESOURCE)) {
      if (lines == null) {
        throw new IllegalStateException(RESOURCE + " is missing in this build");
      }
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(TaskLine::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("read " + RESOURCE, e);
    }
  }
}
