package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.db.DatabaseException.Kind;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this program does on the schemas of programs that come after it. */
abstract class SchemaReachContract {

  private static final int NEXT = SchemaVersion.CURRENT + 1;

  /** A place for one test, empty at first. */
  protected abstract DatabaseSettings settings();

  protected abstract void execute(String sql) throws SQLException;

  @BeforeEach
  void makeTables() {
    Database.open(settings()).close();
  }

  @Test
  void goesOnWithASchemaThatReachesBackToIt() throws SQLException {
    migrateTo(NEXT);
    reach(NEXT, SchemaVersion.CURRENT);
    try (Database database = Database.open(settings())) {
      Emitter run =
          new EventLog(database, InstantSource.system())
              .start(
                  Optional.empty(),
                  "W00001",
                  "worker",
                  new ProcessStarted("1.0", 1, "host", "17", 0));
      assertThat(run.runId().value()).isPositive();
    }
    Database.openReadOnly(settings()).close();
  }

  @Test
  void refusesASchemaThatReachesBackToProgramsAfterItAlone() throws SQLException {
    migrateTo(NEXT);
    migrateTo(NEXT + 1);
    reach(NEXT, SchemaVersion.CURRENT);
    reach(NEXT + 1, NEXT);
    assertIsRefused();
  }

  @Test
  void refusesASchemaThatSaysNothingOfOlderPrograms() throws SQLException {
    migrateTo(NEXT);
    assertIsRefused();
  }

  private void assertIsRefused() {
    assertIsRefused(() -> Database.open(settings()));
    assertIsRefused(() -> Database.openReadOnly(settings()));
  }

  private static void assertIsRefused(ThrowingCallable opening) {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(opening)
        .withMessageContaining("this program knows versions up to " + SchemaVersion.CURRENT)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED));
  }

  private void migrateTo(int version) throws SQLException {
    execute(
        """
        INSERT INTO flyway_schema_history
        SELECT installed_rank + 100 * %1$d, '%1$d', description, type, script, checksum,
            installed_by, installed_on, execution_time, success
        FROM flyway_schema_history WHERE version = '1'
        """
            .formatted(version));
  }

  private void reach(int version, int oldestProgram) throws SQLException {
    execute("INSERT INTO schema_reach VALUES (%d, %d)".formatted(version, oldestProgram));
  }
}
