package dev.runlog.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the open files of this process are. Java itself only tells whether input and output both are
 * a terminal, and not in every version.
 */
final class OpenFiles {

  static final int STANDARD_OUTPUT = 1;
  static final int STANDARD_ERROR = 2;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** Whether it is a terminal; false when nobody can tell. */
  static boolean isTerminal(int descriptor) {
    Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
    try {
      return Files.isSymbolicLink(link)
          ? isTerminal(Files.readSymbolicLink(link).toString())
          : testSaysTerminal(descriptor);
    } catch (IOException e) {
      // Not worth failing a command: without knowing, nothing is coloured or drawn over.
      return false;
    }
  }

  private static boolean isTerminal(String device) {
    return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
  }

  /** Asks test(1), which inherits the descriptor; for systems without /proc. */
  private static boolean testSaysTerminal(int descriptor) throws IOException {
    Process test =
        new ProcessBuilder("test", "-t", Integer.toString(descriptor))
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start();
    try {
      return test.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
