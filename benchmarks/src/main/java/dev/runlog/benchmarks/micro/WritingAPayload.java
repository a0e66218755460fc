package dev.runlog.benchmarks.micro;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Redaction;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A payload of 20 fields on its way to a row: as text, with everything secret taken out. */
@State(Scope.Benchmark)
public class WritingAPayload {

  private static final int FIELDS = 20;

  private final ObjectMapper jackson = new ObjectMapper();
  private final Redaction redaction = Redaction.of(List.of("a-key-that-nobody-sees"));
  private final Map<String, Object> payload = new LinkedHashMap<>();

  /** Makes the payload: numbers and texts in turn. */
  public WritingAPayload() {
    for (int i = 0; i < FIELDS; i++) {
      payload.put("field_" + i, i % 2 == 0 ? i * 1000 : "the value of field number " + i);
    }
  }

  /** As the log writes it. */
  @Benchmark
  public String written() {
    return redaction.apply(Json.write(payload));
  }

  /** Jackson alone. */
  @Benchmark
  public String jackson() throws IOException {
    return jackson.writeValueAsString(payload);
  }
}
