package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The option of a streamed chat that makes the server report its usage. */
final class StreamOptions {

  private static final String OPTIONS = "stream_options";
  private static final String USAGE = "include_usage";

  private StreamOptions() {}

  /** Asks for usage, unless the request says something of it; whether it was changed. */
  static boolean askForUsage(ObjectNode request) {
    JsonNode options = request.path(OPTIONS);
    boolean undecided = options.isMissingNode() || (options.isObject() && !options.has(USAGE));
    if (undecided) {
      request.withObjectProperty(OPTIONS).put(USAGE, true);
    }
    return undecided;
  }

  /** Takes back what {@link #askForUsage} added. */
  static void forgetUsage(ObjectNode request) {
    ObjectNode options = request.withObjectProperty(OPTIONS);
    options.remove(USAGE);
    if (options.isEmpty()) {
      request.remove(OPTIONS);
    }
  }

  /** Whether the failure says that the server does not know the option. */
  static boolean isRefused(LlmException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure.kind() == FailureKind.INVALID_REQUEST
        && (message.contains(OPTIONS) || message.contains(USAGE));
  }
}
