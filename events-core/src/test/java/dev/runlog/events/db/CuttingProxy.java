package dev.runlog.events.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and its server, and cuts the line at a chosen COMMIT. */
final class CuttingProxy implements AutoCloseable {

  /** Where to cut. */
  enum Cut {
    NOWHERE,
    /** The server never gets the COMMIT. */
    BEFORE_THE_COMMIT,
    /** The server commits; the client never gets its answer. */
    BEFORE_THE_ANSWER
  }

  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NOWHERE);
  private final ServerSocket listener;
  private final String serverHost;
  private final int serverPort;

  CuttingProxy(String serverHost, int serverPort) throws IOException {
    this.serverHost = serverHost;
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts the line once, at the next COMMIT. */
  void cutNext(Cut cut) {
    next.set(cut);
  }

  /** Whether the line was cut since it was asked for. */
  boolean hasCut() {
    return next.get() == Cut.NOWHERE;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket server = new Socket(serverHost, serverPort);
      start(() -> forward(client, server));
      start(() -> copy(server.getInputStream(), client.getOutputStream()));
    }
  }

  private void forward(Socket client, Socket server) throws IOException {
    try (client;
        server) {
      byte[] chunk = new byte[1 << 16];
      InputStream in = client.getInputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        Cut cut = isCommit(chunk, length) ? next.getAndSet(Cut.NOWHERE) : Cut.NOWHERE;
        if (cut == Cut.BEFORE_THE_ANSWER) {
          client.close();
        }
        if (cut != Cut.BEFORE_THE_COMMIT) {
          server.getOutputStream().write(chunk, 0, length);
        }
        if (cut != Cut.NOWHERE) {
          return;
        }
      }
    }
  }

  private static boolean isCommit(byte[] chunk, int length) {
    return new String(chunk, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[1 << 16];
    for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
      to.write(chunk, 0, length);
      to.flush();
    }
  }

  private interface Loop {
    void run() throws IOException;
  }

  private static void start(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                // One of the ends was closed, which is how each of these loops ends.
                Thread.currentThread().interrupt();
              }
            },
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
