package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.StoreContract;
import dev.runlog.events.payload.TaskClaimed;
import dev.runlog.events.payload.UserEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are refused before anything is written. */
abstract class RefusedEventContract extends StoreContract {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "started",
        "Process.started",
        "process.",
        ".started",
        "process started",
        "a..b",
        "процесс.начат",
        ""
      })
  void refusesATypeThatBreaksTheNamingRule(String eventType) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> log.logEvent(1, null, "x", "worker", eventType, null))
        .withMessageContaining("write scope.fact in lower case");
    assertThat(events.lastId()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"text\"", "null", "{", "{} {}", ""})
  void refusesAPayloadThatIsNoJsonObject(String payload) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> log.logEvent(1, null, "x", "worker", "note.taken", payload))
        .withMessageContaining("is not a JSON object");
    assertThat(events.lastId()).isZero();
  }

  @Test
  void refusesARunIdThatCannotBe() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> log.logEvent(-1, null, "x", "worker", "note.taken", null))
        .withMessageContaining("run id -1 is not positive");
  }

  @Test
  void refusesARunThatNeverStarted() {
    Emitter root = root("supervisor-main", "supervisor");
    long event = log.append(root, new TaskClaimed(1, "chat", 1)).value();
    for (long unknown : new long[] {event, event + 1}) {
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(() -> log.logEvent(unknown, null, "x", "worker", "note.taken", null))
          .withMessageContaining("run " + unknown + " is unknown")
          .withMessageContaining("nothing was written");
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(
              () -> log.logEvent(root.runId().value(), unknown, "x", "worker", "note.taken", null))
          .withMessageContaining("run " + unknown + " is unknown");
    }
    assertThat(events.lastId()).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-21T20:05:00Z", "1999-12-31T23:59:59Z", "+59999-01-01T00:00:00Z"})
  void refusesATimeOfAClockThatIsNotSet(String time) {
    Emitter emitter = root("supervisor-main", "supervisor");
    now = Instant.parse(time);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> log.append(emitter, new TaskClaimed(1, "chat", 1)))
        .withMessageContaining("timestamp " + now.toEpochMilli() + " is outside reason")
        .withMessageContaining("nothing was written; set the clock");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> root("W00001", "worker"))
        .withMessageContaining("is outside reason");
    assertThat(events.lastId()).isEqualTo(emitter.runId().value());
  }

  @Test
  void refusesAPayloadOverTheLimitAndNamesIt() {
    Emitter emitter = root("supervisor-main", "supervisor");
    String tenMegabytes = "x".repeat(10 * 1024 * 1024);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () -> log.append(emitter, new UserEvent("note.taken", Map.of("text", tenMegabytes))))
        .withMessageContaining("the limit is 1048576; nothing was written");
    assertThat(events.ofRun(emitter.runId())).hasSize(1);
  }
}
