package dev.runlog.llm.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A JSON text that OkHttp does not send a second time on its own, and that tells when it left. */
public final class OutgoingJson extends RequestBody {

  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] bytes;
  private final Runnable sent;

  /**
   * @param sent run on OkHttp's thread once all of it is on its way; not when that fails
   */
  public OutgoingJson(String json, Runnable sent) {
    this.bytes = json.getBytes(StandardCharsets.UTF_8);
    this.sent = sent;
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
    sink.flush();
    sent.run();
  }
}
