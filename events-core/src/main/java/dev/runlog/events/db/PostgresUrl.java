package dev.runlog.events.db;

import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL database is and who asks for it.
 *
 * @param url the JDBC URL, which may hold a password
 * @param credentials what the URL leaves open
 */
record PostgresUrl(String url, Credentials credentials) {

  static final String PREFIX = "jdbc:postgresql:";

  static PostgresUrl of(DatabaseSettings settings) {
    return new PostgresUrl(settings.location(), settings.credentials());
  }

  /**
   * Checks that a URL can be understood, without connecting.
   *
   * @throws IllegalArgumentException when not; the message holds no password
   */
  static void require(String url) {
    QuietLibraries.apply();
    if (url.replaceFirst("[?].*", "").contains("@")) {
      throw new IllegalArgumentException(
          "the database URL names a user before '@', which JDBC does not know; write "
              + PREFIX
              + "//host/database?user=NAME and give the password in PGPASSWORD");
    }
    if (parse(url).isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + withoutParameters(url)
              + "' is no URL of PostgreSQL; write "
              + PREFIX
              + "//host:port/database");
    }
  }

  /** The URL without its parameters, one of which may be a password. */
  String description() {
    return withoutParameters(url);
  }

  /** The name of the database. */
  String database() {
    return parse(url).map(PGProperty.PG_DBNAME::getOrDefault).orElse("postgres");
  }

  /** The password in the URL. */
  static Optional<String> passwordIn(String url) {
    return parse(url).map(PGProperty.PASSWORD::getOrDefault);
  }

  /** What a connection is opened with; parameters in the URL go before these. */
  Properties properties() {
    Properties properties = new Properties();
    credentials.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    credentials.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
    PGProperty.APPLICATION_NAME.set(properties, "runlog");
    PGProperty.CONNECT_TIMEOUT.set(properties, 5);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    return properties;
  }

  @Override
  public String toString() {
    return description();
  }

  private static String withoutParameters(String url) {
    return url.replaceFirst("[?].*", "");
  }

  private static Optional<Properties> parse(String url) {
    return Optional.ofNullable(Driver.parseURL(url, new Properties()));
  }
}
