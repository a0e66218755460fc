package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.DatabaseException.Kind;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no PostgreSQL database is opened, and what is said then. */
class RefusedPostgresTest {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Test
  void refusesTheDatabaseOfAnotherProgram() {
    DatabaseSettings settings =
        new DatabaseSettings(PostgresServer.require().newDatabase(), Durability.POWER);
    assertFails(() -> Database.openReadOnly(settings), Kind.MISCONFIGURED, "no Runlog database");
    PostgresServer.execute(settings.location(), "CREATE TABLE invoices (id INTEGER)");
    assertFails(() -> Database.open(settings), Kind.MISCONFIGURED, "tables of another program");
  }

  @Test
  void saysInOneLineWhyTheServerRefuses() {
    String url = postgres.url();
    assertFails(
        () -> Database.open(as(url, "nobody-here")), Kind.MISCONFIGURED, "refuses this user");
    assertFails(
        () -> Database.open(settings(url.replaceFirst("/runlog_test_\\d+", "/no_such_database"))),
        Kind.MISCONFIGURED,
        "no_such_database");
    assertFails(
        () -> Database.open(settings("jdbc:postgresql://localhost:1/x?user=u&password=hunter2")),
        Kind.UNAVAILABLE,
        "the server cannot be reached");
    assertFails(
        () -> Database.open(settings("jdbc:postgresql://no-such-host.invalid/x")),
        Kind.UNAVAILABLE,
        "the server cannot be reached");
  }

  @Test
  void saysInOneLineThatThePasswordIsWrong() {
    PostgresServer server = PostgresServer.require();
    server.createUserWithPassword("outsider", "right-password");
    String url = postgres.url().replaceFirst("[?].*", "?user=outsider&password=");
    assertFails(
        () -> Database.open(settings(url + "hunter2")),
        Kind.MISCONFIGURED,
        "the server refuses this user or password");
    assertFails(
        () -> Database.openReadOnly(settings(url + "hunter2")),
        Kind.MISCONFIGURED,
        "correct them in RUNLOG_DB, or in PGUSER and PGPASSWORD");
    Database.openReadOnly(settings(url + "right-password")).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/fleet?user=u&password=hunter2",
        "jdbc:postgresql://host/fleet?password=hunter2",
      })
  void neverShowsAPassword(String url) {
    DatabaseSettings settings = settings(url);
    assertThat(settings.description()).isEqualTo("jdbc:postgresql://host/fleet");
    assertThat(settings.toString()).doesNotContain("hunter2");
    assertThat(settings.secrets()).containsExactly("hunter2");
    assertThat(settings.localPath()).hasFileName("fleet");
    assertThat(settings.file()).isEmpty();
    assertThat(new Credentials(Optional.of("u"), Optional.of("hunter2")).toString())
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:postgresql://u:hunter2@host/fleet", "jdbc:postgresql://host:port/fleet"})
  void refusesAUrlThatTheDriverCannotRead(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(url))
        .satisfies(e -> assertThat(e.getMessage()).contains("write jdbc:postgresql://"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, Durability.POWER);
  }

  private static DatabaseSettings as(String url, String user) {
    return settings(url.replaceFirst("user=[^&]*", "user=" + user));
  }

  private static void assertFails(ThrowingCallable opening, Kind kind, String message) {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(opening)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "hunter2"));
  }
}
