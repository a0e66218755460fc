package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class BadDatabaseIT {

  private static final int MISCONFIGURED = 78;

  /** What the script returns when this user may not mount a file system, even of its own. */
  private static final int CANNOT_MOUNT = 42;

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void aDirectoryIsNoDatabase() throws Exception {
    assertAllRefuse(
        fleet.directory(),
        "it is a directory; name a file, such as " + fleet.directory().resolve("runlog.db"));
  }

  @Test
  void aMissingDirectoryIsNamed() throws Exception {
    Path missing = fleet.directory().resolve("missing");
    Map<String, Outcome> outcomes = outcomesOn(missing.resolve("runlog.db"));

    assertRefusal(outcomes.remove("console that reads"), MISCONFIGURED, "there is no database");
    assertThat(outcomes)
        .allSatisfy(
            (program, outcome) ->
                assertRefusal(
                    outcome,
                    MISCONFIGURED,
                    "the directory " + missing + " does not exist; create it"));
    assertThat(missing).doesNotExist();
  }

  @Test
  void aFileOfAnotherKindIsLeftAsItIs() throws Exception {
    Path notes = fleet.directory().resolve("notes.txt");
    String text = "These are notes, and nobody should write into them.\n".repeat(100);
    Files.writeString(notes, text);

    assertAllRefuse(notes, "the file is not a SQLite database; name another one in RUNLOG_DB");
    assertThat(notes).hasContent(text);
  }

  @Test
  void anUnreadableFileIsNamed() throws Exception {
    Path secret = Files.createFile(fleet.directory().resolve("secret.db"));
    Files.setPosixFilePermissions(secret, Set.<PosixFilePermission>of());
    Assumptions.assumeFalse(Files.isReadable(secret), "root may read every file");

    assertAllRefuse(secret, "the file is not readable by this user; change its permissions");
  }

  @Test
  void aSchemaOfTheFutureIsNotTouched() throws Exception {
    fleet.events();
    fleet.closeEvents();
    execute("UPDATE flyway_schema_history SET version = '999'");

    assertAllRefuse(
        fleet.database(), "its schema has version 999, this program knows versions up to");
    assertThat(countOf("events")).isZero();
    assertThat(countOf("tasks")).isZero();
  }

  @Test
  void aFullDiskTakesNothingAndLosesNothing() throws Exception {
    Outcome outcome = fleet.start("full-disk", onSmallDisk(), Map.of()).awaitEnd();
    Requirement.orSkip(
        outcome.exitCode() != CANNOT_MOUNT, "this user cannot mount a small disk with unshare(1)");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsSubsequence("before: 0", "console: 69", "supervisor: 69", "worker: 69");
    assertThat(outcome.err())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("runlog: ").containsAnyOf("disk", "full"));
    assertThat(outcome.out())
        .as("the task from before, and no other")
        .filteredOn(line -> line.startsWith("{"))
        .singleElement()
        .asString()
        .contains("submitted before");
  }

  private void assertAllRefuse(Path database, String why) throws InterruptedException {
    assertThat(outcomesOn(database))
        .allSatisfy((program, outcome) -> assertRefusal(outcome, MISCONFIGURED, why));
  }

  private static void assertRefusal(Outcome outcome, int exitCode, String why) {
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("runlog: open database")
        .contains(why);
    assertThat(outcome.out()).isEmpty();
  }

  private Map<String, Outcome> outcomesOn(Path database) throws InterruptedException {
    return EveryProgram.outcomes(fleet, Map.of("RUNLOG_DB", database.toString()));
  }

  /**
   * Each program on a disk of 2 MiB that is full, in a mount namespace of its own, with which the
   * disk vanishes.
   */
  private List<String> onSmallDisk() throws Exception {
    Path disk = Files.createDirectory(fleet.directory().resolve("disk"));
    String script =
        """
        mount -t tmpfs -o size=2m tmpfs %1$s || exit %2$d
        export RUNLOG_DB=%1$s/runlog.db
        %3$s submit --prompt 'submitted before' > /dev/null; echo "before: $?"
        dd if=/dev/zero of=%1$s/filler bs=512 2> /dev/null
        %3$s submit --prompt 'submitted on a full disk'; echo "console: $?"
        %4$s --drain; echo "supervisor: $?"
        %5$s; echo "worker: $?"
        rm %1$s/filler
        %3$s --json tasks list --limit 10
        """
            .formatted(
                quoted(disk.toString()),
                CANNOT_MOUNT,
                quotedCommand(Program.CONSOLE),
                quotedCommand(Program.SUPERVISOR),
                quotedCommand(Program.WORKER));
    return List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script);
  }

  private static String quotedCommand(Program program) {
    List<String> words = new ArrayList<>();
    program.command().forEach(word -> words.add(quoted(word)));
    return String.join(" ", words);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private long countOf(String table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return row.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + fleet.database());
  }
}
