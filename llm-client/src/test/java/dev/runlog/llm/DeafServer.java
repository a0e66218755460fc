package dev.runlog.llm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server that accepts nobody, with so many waiting that connecting to it hangs. */
final class DeafServer implements AutoCloseable {

  private static final int MOST_WAITING = 64;
  private static final int PATIENCE_MILLIS = 300;

  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> waiting = new ArrayList<>();

  DeafServer() throws IOException {
    while (connects()) {
      if (waiting.size() > MOST_WAITING) {
        throw new IOException("this system lets any number wait to be accepted");
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  private boolean connects() throws IOException {
    Socket client = new Socket();
    waiting.add(client);
    try {
      client.connect(
          new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), PATIENCE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket client : waiting) {
      client.close();
    }
    socket.close();
  }
}
