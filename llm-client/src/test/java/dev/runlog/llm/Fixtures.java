package dev.runlog.llm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Recorded calls beside the repository, which holds none of them. */
public final class Fixtures {

  private static final Path DIRECTORY = Path.of("..", "..", "shared", "fixtures");

  private Fixtures() {}

  /** The rows of a file, where it is. */
  public static List<ObjectNode> rows(String name) throws IOException {
    return Files.readAllLines(file(name)).stream().map(Json::readObject).toList();
  }

  /** A file; skips the test, whatever is required, where the recordings are not. */
  public static Path file(String name) {
    Path path = DIRECTORY.resolve(name);
    assumeTrue(Files.isReadable(path), () -> "no recordings at " + path + ", which is no fault");
    return path;
  }
}
