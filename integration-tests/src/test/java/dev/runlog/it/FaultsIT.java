package dev.runlog.it;

import static dev.runlog.events.log.EventType.LLM_CALL_FAILED;
import static dev.runlog.events.log.EventType.LLM_CALL_RETRIED;
import static dev.runlog.events.log.EventType.TASK_CLAIMED;
import static dev.runlog.events.log.EventType.TASK_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.log.Event;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class FaultsIT {

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void aRefusedKeyFailsTheTaskAtOnceAndIsWrittenNowhere() throws Exception {
    // Nothing about it looks like a key; only its variable tells.
    String key = "plain4f9c2e7d81b6aa03";
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(new EchoingRefusal());
      server.start();
      TaskId task = fleet.submitPrompts(1).get(0);
      fleet.callingModelAt(server.url("/v1").toString()).set("OPENAI_API_KEY", key);
      Outcome outcome = drain();

      assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer " + key);
      assertThat(server.getRequestCount()).isEqualTo(1);
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertFailed(task, "HTTP 401", "check OPENAI_API_KEY");
      assertThat(fleet.events().all(TASK_CLAIMED)).hasSize(1);
      assertWrittenNowhere(key);
    }
  }

  @Test
  void faultsThatPassCostARetryAndNotTheTask() throws Exception {
    try (Simulator model = Simulator.start(SimulatorSettings.DEFAULT)) {
      TaskId limited = submitMeeting("status=429,times=1");
      TaskId cut = submitMeeting("cut,times=1");
      TaskId garbage = submitMeeting("garbage,times=1");
      fleet.callingModelAt(model.baseUrl());

      assertThat(drain().exitCode()).isZero();
      assertThat(fleet.events().tasks()).extracting(Task::state).containsOnly(TaskState.DONE);
      assertThat(retryOf(limited).path("status").asInt()).isEqualTo(429);
      assertThat(retryOf(limited).path("attempt").asInt()).isEqualTo(1);
      assertThat(retryOf(cut).path("status").isNull()).isTrue();
      assertThat(retryOf(cut).path("error").asText()).contains("connection failed");
      assertFailedOnceForWantOfAnAnswer(garbage);
    }
  }

  @Test
  void aModelThatNobodyServesFailsTheTaskWithAClearMessage() throws Exception {
    String nobody = "http://127.0.0.1:" + unusedPort() + "/v1";
    TaskId task = fleet.submit("{\"prompt\": \"hello\", \"max_attempts\": 1}").get(0);
    fleet.callingModelAt(nobody);
    Outcome outcome = drain();

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertFailed(task, "connection failed", "check the network and OPENAI_BASE_URL");
    assertThat(fleet.events().all(LLM_CALL_RETRIED)).hasSize(2);
    assertThat(fleet.events().all(LLM_CALL_FAILED)).hasSize(1);
  }

  private Outcome drain() throws InterruptedException {
    return fleet.run(Program.SUPERVISOR, "--workers", "1", "--drain");
  }

  private TaskId submitMeeting(String fault) {
    return fleet
        .submit("{\"prompt\": \"hello\", \"metadata\": {\"simulate\": \"%s\"}}".formatted(fault))
        .get(0);
  }

  private void assertFailed(TaskId id, String... parts) {
    Task task = fleet.events().task(id);
    assertThat(task.state()).isEqualTo(TaskState.FAILED);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.error().orElseThrow()).contains(parts);
  }

  /** What the one retry inside the call of a task says. */
  private JsonNode retryOf(TaskId task) {
    Event claimed = fleet.events().all(TASK_CLAIMED, "task_id", task.value()).get(0);
    List<Event> retries =
        fleet.events().all(LLM_CALL_RETRIED).stream()
            .filter(retry -> isWithin(claimed, retry))
            .toList();
    assertThat(retries).hasSize(1);
    return Events.payload(retries.get(0));
  }

  private boolean isWithin(Event claimed, Event retry) {
    long call = Events.payload(retry).path("started_event_id").asLong();
    return fleet.events().all().stream()
        .filter(event -> event.id().value() == call)
        .anyMatch(
            event ->
                Events.payload(event).path("parent_event_id").asLong() == claimed.id().value());
  }

  private void assertFailedOnceForWantOfAnAnswer(TaskId task) {
    assertThat(fleet.events().all(TASK_FAILED))
        .singleElement()
        .satisfies(
            failed -> {
              JsonNode payload = Events.payload(failed);
              assertThat(payload.path("task_id").asLong()).isEqualTo(task.value());
              assertThat(payload.path("will_retry").asBoolean()).isTrue();
              assertThat(payload.path("retry_at").asLong())
                  .isGreaterThan(failed.timestamp().toEpochMilli());
              assertThat(payload.path("error").asText()).contains("HTTP 200, but");
            });
  }

  /** The database, the logs of the workers and the output of the supervisor are all in there. */
  private void assertWrittenNowhere(String secret) throws IOException {
    fleet.closeEvents();
    try (Stream<Path> files = Files.walk(fleet.directory())) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all)
          .extracting(file -> String.valueOf(file.getFileName()))
          .contains("runlog.db", "W00001.log", "supervisor-1.out", "supervisor-1.err");
      assertThat(all).noneMatch(file -> holds(file, secret));
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Refuses every key and says it aloud, as careless servers do. */
  private static final class EchoingRefusal extends Dispatcher {

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder()
          .code(401)
          .body(
              "{\"error\": {\"message\": \"Wrong key: %s\", \"code\": \"invalid_api_key\"}}"
                  .formatted(request.getHeaders().get("Authorization")))
          .build();
    }
  }
}
