package dev.runlog.benchmarks.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server to measure: one that is there, or one of the benchmark's own. */
public final class BenchServer implements AutoCloseable {

  private final String url;
  private final @Nullable EmbeddedPostgres own;

  private BenchServer(String url, @Nullable EmbeddedPostgres own) {
    this.url = url;
    this.own = own;
  }

  /**
   * Starts a server unless the URL of a database is given. Its own server syncs each commit to the
   * disk, which embedded ones do not do by default.
   */
  public static BenchServer of(Optional<String> givenUrl) throws IOException {
    if (givenUrl.isPresent()) {
      return new BenchServer(givenUrl.get(), null);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    return new BenchServer(server.getJdbcUrl("postgres", "postgres"), server);
  }

  /** The JDBC URL of a database that may be filled. */
  public String url() {
    return url;
  }

  @Override
  public void close() throws IOException {
    if (own != null) {
      own.close();
    }
  }
}
