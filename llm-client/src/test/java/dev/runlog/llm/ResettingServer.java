package dev.runlog.llm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that sends the beginning of an answer and resets the connection. */
final class ResettingServer implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final String beginning;

  ResettingServer(String beginning) throws IOException {
    this.beginning = beginning;
    new Thread(this::serve, "resetting-server").start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        if (connection.getInputStream().read(new byte[8_192]) > 0) {
          connection.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
          connection.getOutputStream().flush();
        }
        // Closing resets the connection instead of ending it.
        connection.setSoLinger(true, 0);
      } catch (IOException e) {
        // The client or the test is gone.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
