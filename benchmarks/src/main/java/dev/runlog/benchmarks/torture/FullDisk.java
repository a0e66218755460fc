package dev.runlog.benchmarks.torture;

import dev.runlog.benchmarks.measure.OwnJvm;
import dev.runlog.benchmarks.measure.Scratch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that another program fills. The fleet and this torture itself run in a name space of
 * mounts of their own, see {@link SmallDiskMain}, so that the small disk is gone with them however
 * they end.
 */
final class FullDisk implements Torture {

  private static final String MOUNT =
      "mount -t tmpfs -o size=48m tmpfs \"$0\" || exit 69; exec \"$@\"";

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    try (Scratch scratch = Scratch.temporary()) {
      Process inside =
          new ProcessBuilder(command(scratch.directory(), isShort))
              .redirectErrorStream(true)
              .start();
      List<String> lines = inside.inputReader(StandardCharsets.UTF_8).lines().toList();
      if (!lines.contains(SmallDiskMain.STARTED)) {
        throw new Missing(
            "this user cannot mount a small disk with unshare(1): " + String.join("; ", lines));
      }
      BrokenPromise.unless(inside.waitFor() == 0, "%s", String.join("\n  ", lines));
      lines.stream().skip(1).forEach(line -> report.say("%s", line));
    }
  }

  private static List<String> command(Path disk, boolean isShort) {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT));
    command.add(disk.toString());
    command.addAll(
        OwnJvm.command(List.of(), SmallDiskMain.class, disk.toString(), Boolean.toString(isShort)));
    return command;
  }
}
