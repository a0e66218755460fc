package dev.runlog.benchmarks.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Children that exit at once, after a second and after ten. */
final class BadChildren implements Torture {

  private static final double FIRST_DELAY_MILLIS = 200;
  private static final double LONGEST_DELAY_MILLIS = 30_000;
  private static final double MOST_JITTER = 1.2;

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    List<String> sleeps = isShort ? List.of("0", "1") : List.of("0", "1", "10");
    try (Chamber chamber = Chamber.open(Duration.ZERO)) {
      Process supervisor =
          chamber.supervisor("--fleet", fleet(chamber.directory(), sleeps).toString());
      Deadline.await(
          "every child given up",
          Duration.ofMinutes(4),
          () -> chamber.count(EventType.WORKER_GAVE_UP) == sleeps.size());
      for (String seconds : sleeps) {
        requireDelays(chamber, "exits-after-" + seconds);
      }
      double share = processorShare(supervisor, isShort ? 5 : 60);
      report.say(
          "children that exit after %s s: delays of 200 ms doubling, each given up after 5 crashes;"
              + " then the supervisor takes %.1f %% of a core",
          String.join(", ", sleeps), share * 100);
      BrokenPromise.unless(share < 0.05, "the supervisor takes %.1f %% of a core", share * 100);
    }
  }

  /** With one child that lasts, so that the supervisor goes on. */
  private static Path fleet(Path directory, List<String> sleeps) throws Exception {
    StringBuilder yaml = new StringBuilder("children:\n");
    for (String seconds : sleeps) {
      yaml.append(
          "  - {role: bad, instance: exits-after-%s, run: none, command: [sh, -c, 'sleep %s; exit 1']}\n"
              .formatted(seconds, seconds));
    }
    yaml.append("  - {role: good, run: none, command: [sleep, '100000']}\n");
    return Files.writeString(directory.resolve("fleet.yaml"), yaml);
  }

  private static void requireDelays(Chamber chamber, String instance) {
    List<JsonNode> crashes =
        chamber.events().ofType(EventType.WORKER_CRASHED).stream()
            .map(BadChildren::payload)
            .filter(crash -> crash.path("worker_instance_id").asText().equals(instance))
            .toList();
    BrokenPromise.unless(crashes.size() == 5, "%s crashed %d times", instance, crashes.size());
    for (int i = 0; i < crashes.size() - 1; i++) {
      double delay = crashes.get(i).path("restart_delay_ms").asDouble();
      double least = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS * Math.pow(2, i));
      BrokenPromise.unless(
          delay >= least && delay <= least * MOST_JITTER,
          "%s: delay %d is %.0f ms, not from %.0f to %.0f",
          instance,
          i + 1,
          delay,
          least,
          least * MOST_JITTER);
    }
  }

  private static double processorShare(Process process, int seconds) throws InterruptedException {
    Duration before = process.info().totalCpuDuration().orElseThrow();
    BrokenPromise.unless(!process.waitFor(seconds, TimeUnit.SECONDS), "the supervisor ended");
    Duration after = process.info().totalCpuDuration().orElseThrow();
    return after.minus(before).toMillis() / 1000.0 / seconds;
  }

  private static JsonNode payload(Event event) {
    return Json.readObject(event.payload().orElseThrow());
  }
}
