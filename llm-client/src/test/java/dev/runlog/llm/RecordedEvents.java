package dev.runlog.llm;

import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventPayload;
import dev.runlog.llm.tokens.ContextCounter;
import java.util.ArrayList;
import java.util.List;

/** Keeps events in memory. Like the real log, it refuses to work for an interrupted thread. */
final class RecordedEvents implements EventAppender {

  static {
    // Servers of tests answer at once; counts are expected from the first call on.
    ContextCounter counter = new ContextCounter();
    counter.ready("gpt-4o").join();
    counter.ready("gpt-4").join();
  }

  private final List<EventPayload> payloads = new ArrayList<>();

  @Override
  public synchronized EventId append(EventPayload payload) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("append by an interrupted thread");
    }
    payloads.add(payload);
    return new EventId(payloads.size());
  }

  synchronized List<String> types() {
    return payloads.stream().map(EventPayload::eventType).toList();
  }

  synchronized <T extends EventPayload> List<T> all(Class<T> type) {
    return payloads.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends EventPayload> T only(Class<T> type) {
    List<T> found = all(type);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + type.getSimpleName() + ", got " + found);
    }
    return found.get(0);
  }

  synchronized String asText() {
    return dev.runlog.events.json.Json.write(payloads);
  }
}
