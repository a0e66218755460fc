package dev.runlog.console;

/** The console: {@code java -jar console.jar COMMAND}. */
public final class ConsoleMain {

  private ConsoleMain() {}

  public static void main(String[] args) {
    System.exit(Commands.run(Terminal.ofThisProcess(), args));
  }
}
