package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.StoreContract;
import dev.runlog.events.payload.UserEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class NewestEventsContract extends StoreContract {

  private static final int ROWS = 2400;
  private static final List<String> TYPES = List.of("often.seen", "often.heard", "other.seen");
  private static final RunId RARE_RUN = run(1);

  private long last;

  @BeforeEach
  void logMuchAndLittle() {
    Emitter rare = root("W00001", "reviewer");
    Emitter common = root("W00002", "worker");
    append(rare, "rare.seen");
    append(rare, "rare.heard");
    database.write(
        transaction -> {
          for (int i = 0; i < ROWS; i++) {
            now = NOW.plus(Duration.ofSeconds(i));
            log.append(transaction, common, new UserEvent(TYPES.get(i % 3), Map.of()));
          }
          return ROWS;
        });
    last = events.lastId();
  }

  static Stream<EventFilter> filters() {
    TimeWindow early = window(Optional.of(NOW.plusSeconds(10)), Optional.of(NOW.plusSeconds(40)));
    TimeWindow late = window(Optional.of(NOW.plusSeconds(ROWS - 20)), Optional.empty());
    TimeWindow first = window(Optional.empty(), Optional.of(NOW.plusSeconds(1)));
    EventFilter any = EventFilter.ANY;
    return Stream.of(
        any,
        any.ofType(new Glob("rare.*")),
        any.ofType(new Glob("*.seen")),
        any.ofType(new Glob("rare.heard")),
        any.ofType(new Glob("never.*")),
        any.ofRun(RARE_RUN),
        any.ofRun(RARE_RUN).ofType(new Glob("rare.*")),
        any.ofRun(run(4711)),
        any.ofRole("reviewer"),
        any.ofRole("worker").ofType(new Glob("process.*")),
        any.ofInstance("W00001").ofType(new Glob("*.seen")),
        any.ofInstance("W00001").ofRole("worker"),
        any.in(early),
        any.in(late).ofType(new Glob("*.heard")),
        any.in(early).ofRole("worker").ofType(new Glob("other.*")),
        any.in(first).ofRun(RARE_RUN),
        any.in(first).ofInstance("W00001"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void findsTheSameAsReadingEverything(EventFilter filter) {
    List<Event> all = events.after(0, (int) last).stream().filter(filter).toList();

    for (int limit : List.of(0, 1, 3, 5000)) {
      assertThat(new NewestEvents(database).upTo(last, limit, filter))
          .describedAs("%d of %s", limit, filter)
          .isEqualTo(all.subList(Math.max(0, all.size() - limit), all.size()));
    }
  }

  @Test
  void looksAtNothingAfterTheId() {
    assertThat(new NewestEvents(database).upTo(100, 2, EventFilter.ANY))
        .extracting(event -> event.id().value())
        .containsExactly(99L, 100L);
    assertThat(new NewestEvents(database).upTo(3, 5, EventFilter.ANY.ofRun(RARE_RUN)))
        .extracting(event -> event.id().value())
        .containsExactly(1L, 3L);
  }

  private void append(Emitter by, String type) {
    log.append(by, new UserEvent(type, Map.of()));
  }

  private static TimeWindow window(Optional<Instant> from, Optional<Instant> until) {
    return new TimeWindow(from, until);
  }
}
