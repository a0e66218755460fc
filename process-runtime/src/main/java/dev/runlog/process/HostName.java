package dev.runlog.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself, the same in every process on it. */
public final class HostName {

  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** The kernel's own answer first: the network's may take seconds to fail. */
  public static String ofThisMachine() {
    try {
      return Files.readString(LINUX_HOST_NAME).strip();
    } catch (IOException e) {
      return ofTheNetwork();
    }
  }

  private static String ofTheNetwork() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
