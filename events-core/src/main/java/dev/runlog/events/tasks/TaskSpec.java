package dev.runlog.events.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A task to be submitted.
 *
 * @param kind which handler runs it
 * @param request what the handler is given, a JSON object
 * @param priority higher is claimed first, 0 is usual
 * @param runAt not claimed before, empty for at once
 * @param uniqueKey while a task with this key is queued or claimed, another submission of it
 *     changes nothing
 * @param maxAttempts attempts after which it fails for good, at least 1
 */
public record TaskSpec(
    String kind,
    String request,
    int priority,
    Optional<Instant> runAt,
    Optional<String> uniqueKey,
    int maxAttempts) {

  public static final String CHAT = "chat";
  public static final int USUAL_MAX_ATTEMPTS = 3;

  /** The largest request, in bytes of UTF-8. */
  public static final int LARGEST_REQUEST_BYTES = 8 * 1024 * 1024;

  public TaskSpec {
    requireKind(kind);
    if (maxAttempts < 1) {
      throw new InvalidTaskException("max_attempts is " + maxAttempts + "; give at least 1");
    }
    if (uniqueKey.filter(String::isBlank).isPresent()) {
      throw new InvalidTaskException("unique_key is blank; leave it out or give a name");
    }
    int bytes = request.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LARGEST_REQUEST_BYTES) {
      throw new InvalidTaskException(
          "the task has "
              + bytes
              + " bytes, the limit is "
              + LARGEST_REQUEST_BYTES
              + "; store the content elsewhere and name it in the task");
    }
  }

  static void requireKind(String kind) {
    if (!kind.matches("[a-z][a-z0-9_.-]{0,63}")) {
      throw new InvalidTaskException(
          "kind '"
              + kind
              + "' is not a name; use lower-case letters, digits and _ . -, such as chat");
    }
  }

  /** A task with the usual settings. */
  public static TaskSpec of(String kind, ObjectNode request) {
    return new TaskSpec(
        kind, Json.write(request), 0, Optional.empty(), Optional.empty(), USUAL_MAX_ATTEMPTS);
  }

  /** A prompt for the built-in handler, to the default model. */
  public static TaskSpec prompt(String prompt) {
    return TaskLine.parse(Json.write(Json.object().put("prompt", prompt)));
  }
}
