package dev.runlog.process.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.TaskDone;
import dev.runlog.events.payload.WorkerCrashed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventLinesTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final EventLines lines =
      new EventLines(new PrintStream(printed, true, StandardCharsets.UTF_8), ZoneOffset.UTC);

  @Test
  void rendersAnEventAsALine() {
    lines.accept(event(new TaskDone(17, "chat", 1, 5, 812)));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("14:03:07.412  run 3  W00001  task.done  task 17 · attempt 1 · 812 ms");
  }

  @Test
  void namesTheDayAndTheEventForThoseWhoLookBack() {
    EventLines lookingBack = EventLines.withDatesAndIds(System.out, ZoneOffset.UTC);

    assertThat(lookingBack.render(event(new TaskDone(17, "chat", 1, 5, 812))))
        .isEqualTo(
            "2026-01-02 14:03:07.412  event 9  run 3  W00001  task.done"
                + "  task 17 · attempt 1 · 812 ms");
  }

  @Test
  void leavesOutWhatAPayloadDoesNotHold() {
    WorkerCrashed crashed =
        new WorkerCrashed(
            "W00002",
            Optional.empty(),
            4711,
            137,
            Optional.of("SIGKILL"),
            12,
            List.of(),
            Optional.of(200L),
            "  ",
            Optional.empty());

    assertThat(lines.render(event(crashed)))
        .endsWith(
            "worker.crashed  W00002 · exit code 137 · SIGKILL · up 12 ms · restart in 200 ms");
    assertThat(lines.render(event(new ProcessStopped(143, "SIGTERM", 7))))
        .endsWith("process.stopped  SIGTERM · exit code 143 · up 7 ms");
  }

  @Test
  void showsThePayloadOfATypeThatItDoesNotKnow() {
    assertThat(lines.render(event("index.rebuilt", "{\"rows\":3}")))
        .endsWith("index.rebuilt  {\"rows\":3}");
    assertThat(lines.render(event("index.rebuilt", null))).endsWith("W00001  index.rebuilt");
  }

  @Test
  void keepsALineALine() {
    String nasty = "a\nb\r\u001b[31m\u202e\u2028\ud800\u0085 z";
    String line = lines.render(event("process.failed", Json.write(new Failed(nasty))));

    assertThat(line).endsWith("a\\nb\\r\\u001b[31m\\u202e\\u2028\\ud800\\u0085 z");
  }

  @Test
  void boundsTheLengthOfALine() {
    String line = lines.render(event("index.rebuilt", "😀".repeat(10_000)));

    assertThat(line).hasSizeBetween(400, 480).endsWith("😀…");
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void neverThrowsWhateverAPayloadHolds(EventType type) {
    for (String payload :
        new String[] {
          "", "{}", "[]", "null", "no json", "{\"task_id\":", "{\"task_id\":{\"a\":[1]}}", "\u0000"
        }) {
      assertThat(lines.render(event(type.wireName(), payload))).contains(type.wireName());
    }
  }

  private record Failed(String error) {}

  private static Event event(EventPayload payload) {
    return event(payload.eventType(), Json.write(payload));
  }

  private static Event event(String type, @org.jspecify.annotations.Nullable String payload) {
    return new Event(
        new EventId(9),
        Instant.parse("2026-01-02T14:03:07.412Z"),
        new Emitter(new RunId(3), Optional.of(new RunId(1)), "W00001", "worker"),
        type,
        Optional.ofNullable(payload));
  }
}
