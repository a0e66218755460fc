package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContentDigest;
import dev.runlog.llm.openai.Abbreviated;
import dev.runlog.llm.openai.Redactor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What events hold of the contents of a call. Thread-safe. */
final class CapturedContents {

  /** An event has to fit into the log; what is longer is left out, and said to be. */
  private static final int MAX_CHARS = 200_000;

  /** Of a longer conversation the last messages are digested: the earlier ones came before. */
  private static final int MAX_DIGESTS = 200;

  private static final int DIGEST_BYTES = 8;

  private final Capture capture;
  private final Redactor keys;
  private final Redactor keysAndPatterns;

  CapturedContents(Accounting accounting, Optional<String> apiKey) {
    this.capture = accounting.capture();
    this.keys = new Redactor(apiKey);
    this.keysAndPatterns = new Redactor(apiKey, accounting.secrets());
  }

  /** Size and hash of each message or input item. */
  List<ContentDigest> digests(ObjectNode request) {
    JsonNode messages = request.has("messages") ? request.path("messages") : request.path("input");
    List<ContentDigest> digests = new ArrayList<>();
    if (request.path("instructions").isTextual()) {
      digests.add(digest("system", request.path("instructions")));
    }
    if (!messages.isArray()) {
      return messages.isMissingNode() ? digests : List.of(digest("user", messages));
    }
    for (int i = Math.max(0, messages.size() - MAX_DIGESTS); i < messages.size(); i++) {
      digests.add(digest(messages.get(i)));
    }
    return digests;
  }

  /** The request or the answer, where it is to be kept. */
  Optional<JsonNode> kept(ObjectNode json) {
    return switch (capture) {
      case NONE -> Optional.empty();
      case REDACTED -> Optional.of(bounded(json, keysAndPatterns));
      case FULL -> Optional.of(bounded(json, keys));
    };
  }

  private static ContentDigest digest(JsonNode message) {
    String type = message.path("type").asText("user");
    String role = message.path("role").asText(type.endsWith("_output") ? "tool" : type);
    JsonNode content = message.path("content");
    boolean plain = content.isTextual() && !message.has("tool_calls");
    return digest(role, plain ? content : message);
  }

  private static ContentDigest digest(String role, JsonNode content) {
    String text = content.isTextual() ? content.asText() : content.toString();
    return new ContentDigest(Abbreviated.of(role), text.length(), sha256(text));
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What stands in for a secret may be longer than it. */
  private static JsonNode bounded(ObjectNode json, Redactor redactor) {
    if (isTooLong(json)) {
      return omitted();
    }
    JsonNode redacted = redacted(json, redactor);
    return isTooLong(redacted) ? omitted() : redacted;
  }

  /** Measured as it is written, where half of a surrogate pair takes six characters. */
  private static boolean isTooLong(JsonNode json) {
    return Json.write(json).length() > MAX_CHARS;
  }

  private static JsonNode omitted() {
    return Json.object().put("omitted", "longer than " + MAX_CHARS + " characters");
  }

  private static JsonNode redacted(JsonNode json, Redactor redactor) {
    if (json.isTextual()) {
      return TextNode.valueOf(redactor.redact(json.asText()));
    }
    if (json.isArray()) {
      ArrayNode array = Json.object().arrayNode();
      json.forEach(item -> array.add(redacted(item, redactor)));
      return array;
    }
    if (!json.isObject()) {
      return json;
    }
    ObjectNode object = Json.object();
    json.properties()
        .forEach(
            field ->
                object.set(redactor.redact(field.getKey()), redacted(field.getValue(), redactor)));
    return object;
  }
}
