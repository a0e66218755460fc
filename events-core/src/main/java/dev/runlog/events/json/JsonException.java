package dev.runlog.events.json;

/** A text is not the JSON that was asked for, or a value cannot be written as JSON. */
public final class JsonException extends IllegalArgumentException {

  JsonException(String message) {
    super(message);
  }

  JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
