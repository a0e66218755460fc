package dev.runlog.supervisor.demo;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.process.RunContext;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Watches the demo through the events table alone, as anybody could: submits the prompts once the
 * model is there, shows what happens, and kills one worker in the middle of a model call.
 */
final class DemoDirector implements Runnable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int DONE_BEFORE_THE_KILL = 4;

  private final RunContext context;
  private final boolean waitsForSimulator;
  private final Runnable onSubmitted;
  private final DemoProgress progress;
  private final PrintStream out;
  private final EventQuery query;
  private final List<TaskSpec> prompts = SamplePrompts.read();
  private boolean isSubmitted;
  private boolean hasKilled;
  private volatile boolean isOver;

  DemoDirector(
      RunContext context, boolean waitsForSimulator, Runnable onSubmitted, PrintStream out) {
    this.context = context;
    this.waitsForSimulator = waitsForSimulator;
    this.onSubmitted = onSubmitted;
    this.out = out;
    this.query = new EventQuery(context.database());
    this.progress = new DemoProgress(prompts.size());
  }

  @Override
  public void run() {
    EventFeed feed = EventFeed.after(context.database(), context.runId().value());
    if (!waitsForSimulator) {
      submit();
    }
    List<Event> news = feed.next(POLL);
    while (!isOver || !news.isEmpty()) {
      news.forEach(this::handle);
      news = feed.next(POLL);
    }
  }

  /** Ends the watch once everything that has happened is shown. */
  void end() {
    isOver = true;
  }

  private void handle(Event event) {
    progress.lineFor(event).ifPresent(out::println);
    if (!isSubmitted && event.eventType().equals("simulator.started")) {
      submit();
    }
    if (!hasKilled
        && event.is(EventType.LLM_CALL_STARTED)
        && progress.done() >= DONE_BEFORE_THE_KILL) {
      kill(event);
    }
  }

  private void submit() {
    isSubmitted = true;
    new TaskQueue(context.database(), context.log(), InstantSource.system())
        .submit(context.emitter(), prompts);
    out.println("  submitted " + prompts.size() + " prompts");
    onSubmitted.run();
  }

  private void kill(Event callStarted) {
    query.ofRun(callStarted.runId(), EventType.PROCESS_STARTED).stream()
        .findFirst()
        .flatMap(Event::payload)
        .map(payload -> Json.read(payload, ProcessStarted.class).pid())
        .flatMap(ProcessHandle::of)
        .ifPresent(
            process -> {
              hasKilled = true;
              out.println(
                  "  ── kill -9 "
                      + process.pid()
                      + ": "
                      + callStarted.emitter().instanceId()
                      + " dies in the middle of a model call");
              process.destroyForcibly();
            });
  }
}
