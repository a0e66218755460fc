package dev.runlog.events.db;

import java.nio.file.Path;
import java.util.List;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * The native library of SQLite. Left alone, each process unpacks it from its jar once more, which
 * costs a good part of its start, and one that is killed leaves the file behind.
 */
public final class SqliteLibrary {

  private SqliteLibrary() {}

  /** Where a jar holds the library for this operating system and processor. */
  public static String entryInJar() {
    return "org/sqlite/native/"
        + OSInfo.getNativeLibFolderPathForCurrentOS()
        + "/"
        + LibraryLoaderUtil.getNativeLibName();
  }

  /**
   * What makes a JVM load the library from a file; where there is no such file, it unpacks its own.
   */
  public static List<String> jvmArgs(Path library) {
    return List.of(
        "-Dorg.sqlite.lib.path=" + library.toAbsolutePath().getParent(),
        "-Dorg.sqlite.lib.name=" + library.getFileName());
  }
}
