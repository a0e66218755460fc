package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Embeddings of texts. Immutable.
 *
 * @param json the answer as it came
 * @param model model as answered, else as requested
 * @param requestId the provider's id of the request
 */
public record EmbeddingResponse(ObjectNode json, String model, Optional<String> requestId)
    implements ModelAnswer {

  public EmbeddingResponse {
    json = json.deepCopy();
  }

  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }

  /**
   * One vector a text, in the order of the answer, whether it came as numbers or as base64.
   *
   * @throws IllegalArgumentException when a vector is neither
   */
  public List<float[]> vectors() {
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode item : json.path("data")) {
      JsonNode embedding = item.path("embedding");
      vectors.add(embedding.isTextual() ? decoded(embedding.asText()) : numbers(embedding));
    }
    return vectors;
  }

  /** Always empty. */
  @Override
  public String text() {
    return "";
  }

  @Override
  public Optional<String> finishReason() {
    return Optional.empty();
  }

  private static float[] numbers(JsonNode embedding) {
    float[] vector = new float[embedding.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = embedding.get(i).floatValue();
    }
    return vector;
  }

  /** Base64 of 32-bit floats, the lowest byte first. */
  private static float[] decoded(String base64) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    float[] vector = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
