package dev.runlog.llm.openai;

import java.io.IOException;
import java.util.function.BiConsumer;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * The body of somebody else's answer: it keeps a copy of what its reader reads, up to {@link
 * Exchange#MAX_ANSWER_BYTES}, and hands it over when the reader has come to the end or closes. For
 * one thread, as any body.
 */
public final class WatchedBody extends ResponseBody {

  private final ResponseBody body;
  private final BufferedSource source;

  /**
   * @param arrived told whenever bytes have come
   * @param ended given the copy and how its reading ended, once
   */
  public WatchedBody(ResponseBody body, Runnable arrived, BiConsumer<Buffer, ReadEnd> ended) {
    this.body = body;
    this.source = Okio.buffer(new Copied(body.source(), arrived, ended));
  }

  @Override
  public MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  private static final class Copied extends ForwardingSource {

    private final Runnable arrived;
    private final BiConsumer<Buffer, ReadEnd> ended;
    private final Buffer copy = new Buffer();
    private boolean hasEnded;

    Copied(Source source, Runnable arrived, BiConsumer<Buffer, ReadEnd> ended) {
      super(source);
      this.arrived = arrived;
      this.ended = ended;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read;
      try {
        read = super.read(sink, byteCount);
      } catch (IOException e) {
        end(new ReadEnd.BrokeOff(e));
        throw e;
      }
      if (read < 0) {
        end(new ReadEnd.Complete());
      } else {
        arrived.run();
        keep(sink, read);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      end(new ReadEnd.Closed());
      super.close();
    }

    private void keep(Buffer sink, long read) {
      if (copy.size() + read <= Exchange.MAX_ANSWER_BYTES) {
        sink.copyTo(copy, sink.size() - read, read);
      }
    }

    private void end(ReadEnd how) {
      if (!hasEnded) {
        hasEnded = true;
        ended.accept(copy, how);
      }
    }
  }
}
