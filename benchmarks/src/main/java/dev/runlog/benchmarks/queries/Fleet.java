package dev.runlog.benchmarks.queries;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Invents the events of one fleet after the other, in the order in which they would be logged: a
 * supervisor with {@value #WORKERS} workers, some of them started by other workers, {@value
 * #AT_ONCE} at work at once, each run of a worker with {@value #EVENTS_OF_WORKER} events. A fifth
 * of all events are answered calls. A fleet has {@value #EVENTS} events.
 */
final class Fleet {

  static final int EVENTS = 35_000;
  static final int EVENTS_OF_WORKER = 200;

  private static final int WORKERS = 173;
  private static final int AT_ONCE = 16;
  private static final int TASKS_OF_WORKER = 39;
  private static final int EVENTS_OF_TASK = 5;
  private static final String[] MODELS = {"gpt-5", "gpt-5-mini", "o4-mini", "text-embedding-3"};

  /** Where the invented events go. */
  interface Sink {

    /**
     * Takes one event.
     *
     * @param runId empty for the first event of a run, whose run id is its own id
     * @return the id that it got
     */
    long add(
        Optional<Long> runId, Optional<Long> parent, String instance, String type, String payload)
        throws Exception;
  }

  private final Sink sink;
  private int tasks;

  Fleet(Sink sink) {
    this.sink = sink;
  }

  /** Logs a whole fleet. */
  void run() throws Exception {
    Supervisor supervisor = new Supervisor();
    List<Worker> working = new ArrayList<>();
    int spawned = 0;
    while (spawned < WORKERS || !working.isEmpty()) {
      while (spawned < WORKERS && working.size() < AT_ONCE) {
        working.add(supervisor.spawn(spawned++, working));
      }
      for (Worker worker : working) {
        worker.step();
      }
      for (Worker done : working.stream().filter(Worker::isDone).toList()) {
        supervisor.seeExit(done);
        working.remove(done);
      }
    }
    supervisor.stop();
  }

  private final class Supervisor {

    private final long runId;
    private int logged = 1;

    Supervisor() throws Exception {
      runId =
          sink.add(
              Optional.empty(), Optional.empty(), "supervisor-main", "process.started", started(1));
    }

    Worker spawn(int number, List<Worker> working) throws Exception {
      boolean byWorker = number % 8 == 7 && !working.isEmpty();
      long parent = byWorker ? working.get(working.size() - 1).runId : runId;
      String instance = String.format(Locale.ROOT, "W%05d", number % AT_ONCE + 1);
      log(
          "worker.spawned",
          "{\"worker_instance_id\":\"%s\",\"pid\":%d,\"command\":[\"java\",\"-jar\",\"worker.jar\"],"
                  .formatted(instance, 4000 + number)
              + "\"revision\":\"2d1f12600000\",\"restart_count\":0}");
      return new Worker(parent, instance, number);
    }

    void seeExit(Worker worker) throws Exception {
      log(
          "worker.exited",
          "{\"worker_instance_id\":\"%s\",\"worker_run_id\":%d,\"pid\":%d,\"exit_code\":0,\"signal\":null,\"uptime_ms\":51800,\"released_task_ids\":[]}"
              .formatted(worker.instance, worker.runId, 4000 + worker.number));
    }

    void stop() throws Exception {
      while (logged < EVENTS - WORKERS * EVENTS_OF_WORKER - 1) {
        log("note.taken", note(logged));
      }
      log("process.stopped", "{\"exit_code\":0,\"reason\":\"drained\",\"uptime_ms\":9065000}");
    }

    private void log(String type, String payload) throws Exception {
      sink.add(Optional.of(runId), Optional.empty(), "supervisor-main", type, payload);
      logged++;
    }
  }

  private final class Worker {

    private final long parent;
    private final String instance;
    private final int number;
    private final long runId;
    private int logged = 1;
    private long claim;
    private long call;

    Worker(long parent, String instance, int number) throws Exception {
      this.parent = parent;
      this.instance = instance;
      this.number = number;
      this.runId =
          sink.add(
              Optional.empty(),
              Optional.of(parent),
              instance,
              "process.started",
              started(4000 + number));
    }

    boolean isDone() {
      return logged == EVENTS_OF_WORKER;
    }

    /** Logs the next event of this run. */
    void step() throws Exception {
      int ofTasks = logged - 1;
      if (ofTasks < TASKS_OF_WORKER * EVENTS_OF_TASK) {
        stepOfTask(ofTasks % EVENTS_OF_TASK);
      } else if (logged == EVENTS_OF_WORKER - 1) {
        log("process.stopped", "{\"exit_code\":0,\"reason\":\"drained\",\"uptime_ms\":51800}");
      } else {
        log("note.taken", note(logged));
      }
    }

    private void stepOfTask(int step) throws Exception {
      switch (step) {
        case 0 -> claim = log("task.claimed", task(++tasks, ""));
        case 1 -> call = log("llm_call.started", callStarted(claim, model(), tokens()));
        case 2 -> log("llm_call.completed", callCompleted(call, model(), tokens()));
        case 3 -> log("note.taken", note(tasks));
        default ->
            log(
                "task.done",
                task(tasks, ",\"started_event_id\":" + claim + ",\"duration_ms\":1204"));
      }
    }

    private long log(String type, String payload) throws Exception {
      long id = sink.add(Optional.of(runId), Optional.of(parent), instance, type, payload);
      logged++;
      return id;
    }

    private String model() {
      return MODELS[tasks % MODELS.length];
    }

    private int tokens() {
      return 800 + tasks * 31 % 4000;
    }
  }

  private static String started(int pid) {
    return "{\"version\":\"0.1.0\",\"pid\":%d,\"host\":\"host-1\",\"java_version\":\"17.0.15\",\"started_at\":0}"
        .formatted(pid);
  }

  private static String note(int number) {
    return "{\"note\":\"the sources of chapter "
        + number
        + " were read and two of them were kept for the answer\",\"kept\":2,\"read\":"
        + number % 17
        + "}";
  }

  private static String task(int id, String more) {
    return "{\"task_id\":" + id + ",\"kind\":\"chat\",\"attempt\":1" + more + "}";
  }

  private static String callStarted(long claim, String model, int tokens) {
    return "{\"parent_event_id\":"
        + claim
        + ",\"model_name\":\""
        + model
        + "\",\"endpoint\":\"https://api.example.com/v1/chat/completions\",\"stream\":false,"
        + "\"context\":{\"total_tokens\":"
        + tokens
        + ",\"by_role\":{\"system\":120,\"user\":"
        + (tokens - 140)
        + "},\"tool_definitions\":0,\"response_format\":0,\"images\":0,\"framing\":20,"
        + "\"messages\":2,\"window_tokens\":128000,\"utilization\":0.02,\"exactness\":\"exact\"}}";
  }

  private static String callCompleted(long call, String model, int tokens) {
    return "{\"started_event_id\":"
        + call
        + ",\"model_name\":\""
        + model
        + "\",\"latency_ms\":"
        + (300 + tokens % 2000)
        + ",\"input_tokens\":"
        + tokens
        + ",\"output_tokens\":"
        + tokens / 7
        + ",\"cached_input_tokens\":0,\"reasoning_tokens\":0,\"time_to_first_token_ms\":null,"
        + "\"attempts\":1,\"finish_reason\":\"stop\",\"estimated_input_tokens\":"
        + (tokens + 3)
        + ",\"cost_usd\":0.0021,\"request_id\":\"req_"
        + call
        + "\"}";
  }
}
