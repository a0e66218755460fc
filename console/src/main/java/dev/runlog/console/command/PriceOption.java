package dev.runlog.console.command;

import dev.runlog.events.pricing.PriceTable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the table of prices that an option names. */
final class PriceOption {

  private PriceOption() {}

  /**
   * The table of a file before the built-in one, as {@code RUNLOG_PRICES} takes it.
   *
   * @throws ProcessFailure when there is none in it
   */
  static PriceTable read(String file) {
    try {
      return PriceTable.ofFile(Path.of(file)).over(PriceTable.builtIn());
    } catch (NoSuchFileException e) {
      throw new ProcessFailure(ExitCode.USAGE, "--reprice: there is no file " + file, e);
    } catch (InvalidPathException | IOException e) {
      throw usage(file + ", which cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw usage(file + ", which is no table of prices: " + e.getMessage(), e);
    }
  }

  private static ProcessFailure usage(String what, Exception cause) {
    return new ProcessFailure(ExitCode.USAGE, "--reprice names " + what, cause);
  }
}
