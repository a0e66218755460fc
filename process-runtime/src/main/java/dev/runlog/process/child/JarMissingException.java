package dev.runlog.process.child;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** An executable jar is in none of the places where it could be. The message names them. */
public final class JarMissingException extends RuntimeException {

  JarMissingException(String module, List<Path> places, boolean told, String setting) {
    super(
        module
            + ".jar was not found"
            + places.stream()
                .map(Path::toString)
                .collect(Collectors.joining(", ", " (looked at: ", ")"))
            + (told
                ? "; " + setting + " names it, correct the path"
                : "; build it (mvn install), or name it in " + setting));
  }
}
