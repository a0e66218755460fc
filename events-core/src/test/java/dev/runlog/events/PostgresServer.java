package dev.runlog.events;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL server of the tests' own, one for each JVM: in a container where there is an engine
 * that has the image (nothing is pulled), else from the binaries that Maven brings.
 */
public final class PostgresServer {

  private static final String DEFAULT_IMAGE = "postgres:16-alpine";
  private static final String CANNOT_CONNECT_NOW = "57P03";
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);
  private static final Logger CONTAINERS = Logger.getLogger("org.testcontainers");
  private static final Logger BINARIES = Logger.getLogger("io.zonky.test");
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static @Nullable PostgresServer shared;
  private static @Nullable String missing;

  /** The URL of a database of that name, with user and password. */
  private final Function<String, String> urls;

  private PostgresServer(Function<String, String> urls) {
    this.urls = urls;
  }

  /** The server of this JVM. Where none can be started the test is skipped, or fails in CI. */
  public static synchronized PostgresServer require() {
    if (shared == null && missing == null) {
      start();
    }
    if (shared != null) {
      return shared;
    }
    if ("true".equals(System.getenv("RUNLOG_REQUIRE_ALL"))) {
      return fail(missing);
    }
    return abort(missing);
  }

  /** The URL of a new, empty database. */
  public String newDatabase() {
    String name = "runlog_test_" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return urls.apply(name);
  }

  /** Runs SQL as the superuser. */
  public void execute(String sql) {
    execute(urls.apply("postgres"), sql);
  }

  /** A new user whose password is asked for, also where the server trusts all others. */
  public void createUserWithPassword(String user, String password) {
    execute("DROP ROLE IF EXISTS " + user);
    execute("CREATE ROLE " + user + " LOGIN IN ROLE pg_read_all_data PASSWORD '" + password + "'");
    execute(
        """
        DO $$
        BEGIN
          EXECUTE format(
            'COPY (SELECT unnest(string_to_array(%%L, chr(10)))) TO %%L',
            'host all %s all scram-sha-256' || chr(10)
              || replace(pg_read_file(current_setting('hba_file')), chr(9), ' '),
            current_setting('hba_file'));
        END
        $$
        """
            .formatted(user));
    execute("SELECT pg_reload_conf()");
  }

  /** Runs SQL in the database of a URL. */
  public static void execute(String url, String sql) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Waits for a server that recovers from a crash, which may begin after it was asked for. */
  private static Connection connect(String url) throws SQLException {
    long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
    while (true) {
      try {
        return DriverManager.getConnection(url);
      } catch (SQLException e) {
        if (!CANNOT_CONNECT_NOW.equals(e.getSQLState()) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  /**
   * Kills a process of the server with SIGKILL, upon which the server ends all the others and
   * recovers from its log, as after a crash.
   */
  public void crash() {
    try {
      execute("COPY (SELECT 1) TO PROGRAM 'kill -KILL $PPID'");
    } catch (IllegalStateException e) {
      // The connection that does it does not survive it.
      Logger.getLogger(PostgresServer.class.getName()).log(Level.FINE, "crashed", e);
    }
  }

  private static void start() {
    CONTAINERS.setLevel(Level.OFF);
    BINARIES.setLevel(Level.OFF);
    try {
      shared = inContainer().orElseGet(PostgresServer::fromBinaries);
    } catch (RuntimeException e) {
      missing =
          "PostgreSQL cannot be tested: neither a container engine nor the embedded binaries can run it here ("
              + e.getMessage()
              + ")";
    }
  }

  @SuppressWarnings("resource") // it lives as long as this JVM
  private static Optional<PostgresServer> inContainer() {
    String image = Optional.ofNullable(System.getenv("TEST_POSTGRES_IMAGE")).orElse(DEFAULT_IMAGE);
    if (!isHere(image) || !DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
            .withImagePullPolicy(imageThatIsNotThere -> false);
    try {
      container.start();
    } catch (ContainerLaunchException | ContainerFetchException e) {
      CONTAINERS.log(Level.FINE, "no container of " + image, e);
      return Optional.empty();
    }
    return Optional.of(
        new PostgresServer(
            database ->
                "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
                    .formatted(
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        database,
                        container.getUsername(),
                        container.getPassword())));
  }

  /** Asked for first: an engine that cannot pull keeps Testcontainers trying for minutes. */
  private static boolean isHere(String image) {
    try {
      Process inspect =
          new ProcessBuilder("docker", "image", "inspect", image)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return inspect.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static PostgresServer fromBinaries() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      return new PostgresServer(database -> server.getJdbcUrl("postgres", database));
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
