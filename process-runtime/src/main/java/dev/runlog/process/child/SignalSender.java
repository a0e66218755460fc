package dev.runlog.process.child;

import java.io.IOException;
import java.util.List;

/** Sends the signals that Java itself cannot send, by the shell's {@code kill}. */
final class SignalSender {

  private SignalSender() {}

  /**
   * Sends a signal.
   *
   * @param signal its name, such as {@code SIGQUIT}
   * @return whether it was sent; false when the process is gone or belongs to somebody else
   */
  static boolean send(String signal, long pid) {
    String name = signal.startsWith("SIG") ? signal.substring(3) : signal;
    List<String> command = List.of("sh", "-c", "kill -s " + name + " " + pid + " 2>&-");
    try {
      Process kill = new ProcessBuilder(command).start();
      kill.getOutputStream().close();
      return kill.waitFor() == 0;
    } catch (IOException e) {
      // Without a shell there is no other way; whoever asked goes on to the signals that Java has.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
