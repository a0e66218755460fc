package dev.runlog.llm.openai;

import java.io.IOException;
import java.util.Locale;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * The body of an answer as servers send it: bounded, with each arrival of bytes reported, and made
 * palatable for a parser of server-sent events. Not thread-safe.
 */
final class AnswerBody {

  private static final MediaType EVENT_STREAM = MediaType.get("text/event-stream");
  private static final ByteString BYTE_ORDER_MARK = ByteString.decodeHex("efbbbf");

  /** What a stream may lack at its end; without it the parser drops the last event. */
  private static final String END_OF_EVENT = "\n\n";

  private final Response response;
  private final long maxBytes;
  private final BufferedSource source;

  /**
   * @param arrived told whenever bytes have come
   */
  AnswerBody(Response response, long maxBytes, Runnable arrived) {
    this.response = response;
    this.maxBytes = maxBytes;
    this.source = Okio.buffer(new Watched(response.body().source(), maxBytes, arrived));
  }

  /** The whole body as text. */
  String text() throws IOException {
    if (response.body().contentLength() > maxBytes) {
      throw new AnswerTooLongException(maxBytes);
    }
    skip(BYTE_ORDER_MARK);
    return source.readUtf8();
  }

  /**
   * Whether events follow, whatever the content type says: errors come as {@code
   * text/event-stream}, and streams without any type. Waits for the first byte.
   */
  boolean isEventStream() throws IOException {
    if (!response.isSuccessful() || isType("json")) {
      return false;
    }
    skip(BYTE_ORDER_MARK);
    int first = firstVisible(source.peek());
    return first < 0 ? isType("event-stream") : "{[<\"".indexOf(first) < 0;
  }

  /** The answer with a body that the parser takes as a stream, and reads to its end. */
  Response asEventStream() {
    ResponseBody body =
        ResponseBody.create(Okio.buffer(new WithEnd(source, END_OF_EVENT)), EVENT_STREAM, -1);
    return response.newBuilder().body(body).build();
  }

  private void skip(ByteString mark) throws IOException {
    if (source.rangeEquals(0, mark)) {
      source.skip(mark.size());
    }
  }

  private static int firstVisible(BufferedSource peeked) throws IOException {
    while (!peeked.exhausted()) {
      int next = peeked.readByte();
      if (next > ' ' || next < 0) {
        return next & 0xff;
      }
    }
    return -1;
  }

  private boolean isType(String part) {
    return String.valueOf(response.header("content-type")).toLowerCase(Locale.ROOT).contains(part);
  }

  /** Counts what passes and tells of it. */
  private static final class Watched extends ForwardingSource {

    private final long maxBytes;
    private final Runnable arrived;
    private long bytes;

    Watched(Source source, long maxBytes, Runnable arrived) {
      super(source);
      this.maxBytes = maxBytes;
      this.arrived = arrived;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read = super.read(sink, byteCount);
      bytes += Math.max(0, read);
      if (bytes > maxBytes) {
        throw new AnswerTooLongException(maxBytes);
      }
      arrived.run();
      return read;
    }
  }

  /** Appends a text to a source. */
  private static final class WithEnd extends ForwardingSource {

    private final Buffer end;

    WithEnd(Source source, String end) {
      super(source);
      this.end = new Buffer().writeUtf8(end);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read = super.read(sink, byteCount);
      return read < 0 ? end.read(sink, byteCount) : read;
    }
  }
}
