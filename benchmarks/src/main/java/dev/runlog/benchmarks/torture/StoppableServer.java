package dev.runlog.benchmarks.torture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A PostgreSQL server that can be stopped, and comes back at the same port with the same data. */
final class StoppableServer implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private StoppableServer(Path data, int port) throws IOException {
    this.data = data;
    this.port = port;
    this.server = start();
  }

  /**
   * Starts one.
   *
   * @param data a directory for its files, which is there
   * @throws Missing when this machine cannot run it
   */
  static StoppableServer in(Path data) {
    try {
      return new StoppableServer(data, freePort());
    } catch (IOException | IllegalStateException e) {
      throw new Missing("the embedded PostgreSQL server cannot be started here: " + e.getMessage());
    }
  }

  /** The JDBC URL of its empty database. */
  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** Stops it as its administrator would; it is back when the relief comes. */
  Calamity.Relief stop() throws IOException {
    server.close();
    return () -> server = start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
