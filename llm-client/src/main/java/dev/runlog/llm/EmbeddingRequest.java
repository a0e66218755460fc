package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.List;

/**
 * A request for the embeddings of texts.
 *
 * @param json the request in the API's own form; later changes of the object change nothing here
 */
public record EmbeddingRequest(ObjectNode json) implements ModelRequest {

  public EmbeddingRequest {
    json = json.deepCopy();
  }

  /** One embedding for each text. */
  public static EmbeddingRequest ofTexts(String model, List<String> texts) {
    ObjectNode json = Json.object().put("model", model);
    texts.forEach(json.putArray("input")::add);
    return new EmbeddingRequest(json);
  }

  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }
}
