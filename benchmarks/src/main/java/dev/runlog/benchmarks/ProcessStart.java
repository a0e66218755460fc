package dev.runlog.benchmarks;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.payload.ProcessStarted;

/** Reads events of the type {@code process.started}. */
final class ProcessStart {

  private ProcessStart() {}

  static boolean isOfWorker(Event start) {
    return start.emitter().role().equals("worker");
  }

  static long pidOf(Event start) {
    return Json.read(start.payload().orElseThrow(), ProcessStarted.class).pid();
  }
}
