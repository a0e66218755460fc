package dev.runlog.llm.openai;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The events of a stream that somebody has read already. */
public final class RecordedStream {

  private RecordedStream() {}

  /**
   * The events in their order; absent when the answer was no stream.
   *
   * @param answer whose body is not touched
   * @param read what was read of its body; stays as it is
   */
  public static Optional<List<ServerEvent>> events(Response answer, Buffer read) {
    ResponseBody body = ResponseBody.create(read.copy(), null, read.size());
    try (Response again = answer.newBuilder().body(body).build()) {
      AnswerBody stream = new AnswerBody(again, Exchange.MAX_ANSWER_BYTES, () -> {});
      if (!stream.isEventStream()) {
        return Optional.empty();
      }
      List<ServerEvent> events = new ArrayList<>();
      EventSources.processResponse(stream.asEventStream(), new Collector(events));
      return Optional.of(List.copyOf(events));
    } catch (IOException e) {
      // A buffer in memory does not fail; a stream that is none of anybody's is no stream.
      return Optional.empty();
    }
  }

  private static final class Collector extends EventSourceListener {

    private final List<ServerEvent> events;

    Collector(List<ServerEvent> events) {
      this.events = events;
    }

    @Override
    public void onEvent(
        EventSource source, @Nullable String id, @Nullable String type, String data) {
      events.add(new ServerEvent(Optional.ofNullable(type), data));
    }
  }
}
