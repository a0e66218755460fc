package dev.runlog.process.warm;

import java.nio.file.Path;
import java.util.List;

/** How the Java that runs this keeps what it loaded, so that the next JVM need not. */
enum ArchiveKind {
  /** Classes as they are laid out in memory. https://openjdk.org/jeps/350 */
  SHARED_CLASSES("classes.jsa", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),
  /** Classes that are linked as well. https://openjdk.org/jeps/514 */
  AHEAD_OF_TIME("classes.aot", "-XX:AOTCacheOutput=", "-XX:AOTCache=");

  private static final int FIRST_AHEAD_OF_TIME = 25;

  /** A JVM that finds no archive, or one of another build, does without; no need to tell people. */
  private static final String QUIET = "-Xlog:cds*=off";

  private static final String QUIET_AHEAD_OF_TIME = "-Xlog:aot*=off";

  private final String fileName;
  private final String making;
  private final String using;

  ArchiveKind(String fileName, String making, String using) {
    this.fileName = fileName;
    this.making = making;
    this.using = using;
  }

  /**
   * @param feature major version of Java, 17 or later
   */
  static ArchiveKind of(int feature) {
    return feature >= FIRST_AHEAD_OF_TIME ? AHEAD_OF_TIME : SHARED_CLASSES;
  }

  String fileName() {
    return fileName;
  }

  List<String> makingArgs(Path archive) {
    return quiet(making + archive);
  }

  List<String> usingArgs(Path archive) {
    return quiet(using + archive);
  }

  private List<String> quiet(String arg) {
    return switch (this) {
      case SHARED_CLASSES -> List.of(arg, QUIET);
      case AHEAD_OF_TIME -> List.of(arg, QUIET, QUIET_AHEAD_OF_TIME);
    };
  }
}
