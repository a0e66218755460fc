package dev.runlog.console;

import dev.runlog.console.render.SafeText;
import dev.runlog.process.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and in a second one where help is. */
final class UsageErrors implements IParameterExceptionHandler {

  private static final Pattern ONE_OF =
      Pattern.compile("Error: Missing required argument \\(specify one of these\\): \\((.*)\\)");
  private static final Pattern ONLY_ONE =
      Pattern.compile("Error: (.*) are mutually exclusive \\(specify only one\\)");

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("runlog: " + SafeText.summary(messageOf(failure)));
    err.println("runlog: see '" + command.getCommandSpec().qualifiedName() + " --help'");
    return ExitCode.USAGE;
  }

  private static String messageOf(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (failure instanceof MissingParameterException) {
      return lowerFirst(textOf(failure));
    }
    // picocli wraps what a converter says; the converter's own words are clearer.
    return Optional.ofNullable(failure.getCause())
        .filter(CommandLine.TypeConversionException.class::isInstance)
        .map(Throwable::getMessage)
        .orElseGet(() -> lowerFirst(textOf(failure)));
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().get(0);
    String what =
        first.startsWith("-") ? "option" : hasSubcommands(failure) ? "command" : "argument here";
    List<String> suggestions = failure.getSuggestions();
    String guess = suggestions.isEmpty() ? "" : "; did you mean '" + suggestions.get(0) + "'?";
    return "'" + first + "' is no " + what + guess;
  }

  private static boolean hasSubcommands(ParameterException failure) {
    return !failure.getCommandLine().getSubcommands().isEmpty();
  }

  /** picocli's words, but for those about options of which one is to be given. */
  private static String textOf(ParameterException failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher oneOf = ONE_OF.matcher(text);
    if (oneOf.matches()) {
      return "give one of " + oneOf.group(1);
    }
    Matcher onlyOne = ONLY_ONE.matcher(text);
    return onlyOne.matches() ? "give only one of " + onlyOne.group(1) : text;
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
