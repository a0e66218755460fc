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

  /** The rows of a file; skips the test, whatever is required, where the recordings are not. */
  public static List<ObjectNode> rows(String file) throws IOException {
    Path path = DIRECTORY.resolve(file);
    assumeTrue(Files.isReadable(path), () -> "no recordings at " + path + ", which is no fault");
    return Files.readAllLines(path).stream().map(Json::readObject).toList();
  }
}
