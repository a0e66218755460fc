package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.Optional;

/** An error with the status and the body that OpenAI gives it. */
record ApiError(
    int status, String message, String type, Optional<String> param, Optional<String> code) {

  private static final String INVALID_REQUEST = "invalid_request_error";

  static ApiError invalidRequest(String message, String param, String code) {
    return new ApiError(400, message, INVALID_REQUEST, Optional.of(param), Optional.of(code));
  }

  static ApiError malformed() {
    return new ApiError(
        400,
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't"
            + " using your HTTP library correctly. The OpenAI API expects a JSON payload, but what"
            + " was sent was not valid JSON.)",
        INVALID_REQUEST,
        Optional.empty(),
        Optional.empty());
  }

  static ApiError missingParameter(String name) {
    return invalidRequest(
        "Missing required parameter: '" + name + "'.", name, "missing_required_parameter");
  }

  static ApiError unknownUrl(String method, String path) {
    return new ApiError(
        404,
        "Invalid URL (" + method + " " + path + ")",
        INVALID_REQUEST,
        Optional.empty(),
        Optional.empty());
  }

  static ApiError wrongMethod(String method, String path) {
    return new ApiError(
        405,
        "Not allowed to "
            + method
            + " on "
            + path
            + ". (HINT: Perhaps you meant to make your HTTP"
            + " request using a different method?)",
        INVALID_REQUEST,
        Optional.empty(),
        Optional.of("method_not_supported"));
  }

  static ApiError unknownModel(String model) {
    return new ApiError(
        404,
        "The model `" + model + "` does not exist or you do not have access to it.",
        INVALID_REQUEST,
        Optional.empty(),
        Optional.of("model_not_found"));
  }

  static ApiError missingKey() {
    return new ApiError(
        401,
        "You didn't provide an API key. You need to provide your API key in an Authorization header"
            + " using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
        INVALID_REQUEST,
        Optional.empty(),
        Optional.empty());
  }

  /** Shows the first and last characters of the key, as OpenAI does. */
  static ApiError wrongKey(String key) {
    String masked =
        key.length() < 12
            ? "*".repeat(key.length())
            : key.substring(0, 4) + "*".repeat(key.length() - 8) + key.substring(key.length() - 4);
    return new ApiError(
        401,
        "Incorrect API key provided: " + masked + ".",
        INVALID_REQUEST,
        Optional.empty(),
        Optional.of("invalid_api_key"));
  }

  /** An error that was asked for. */
  static ApiError simulated(int status) {
    return switch (status) {
      case 401 ->
          new ApiError(
              401,
              "Incorrect API key provided (simulated).",
              INVALID_REQUEST,
              Optional.empty(),
              Optional.of("invalid_api_key"));
      case 429 ->
          new ApiError(
              429,
              "Rate limit reached for requests (simulated).",
              "requests",
              Optional.empty(),
              Optional.of("rate_limit_exceeded"));
      default ->
          new ApiError(
              status,
              status < 500
                  ? "The request was refused (simulated)."
                  : "The server had an error while processing your request (simulated).",
              status < 500 ? INVALID_REQUEST : "server_error",
              Optional.empty(),
              Optional.empty());
    };
  }

  String body() {
    ObjectNode json = Json.object();
    json.putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", param.orElse(null))
        .put("code", code.orElse(null));
    return json.toPrettyString();
  }
}
