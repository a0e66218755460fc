package dev.runlog.events.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Record;

/** The steps that are in a table, in the order of their ids. */
record WrittenSteps(List<Step> steps) {

  static WrittenSteps of(Database database) {
    return new WrittenSteps(
        database.read(
            sql ->
                sql.fetch(
                        "SELECT id, run_id, payload FROM events WHERE event_type = 'step.taken' ORDER BY id")
                    .map(WrittenSteps::step)));
  }

  /**
   * Each acknowledged step is there once, under the id that its caller was told; and of each thread
   * all steps are there, in its order, from the first on.
   */
  void assertHold(List<Step> acknowledged) {
    assertThat(steps).doesNotHaveDuplicates();
    Set<Step> lost = new HashSet<>(acknowledged);
    lost.removeAll(new HashSet<>(steps));
    assertThat(lost).as("what was acknowledged and is not there").isEmpty();
    byThread().forEach(WrittenSteps::assertWithoutGap);
  }

  private Map<String, List<Step>> byThread() {
    return steps.stream()
        .collect(Collectors.groupingBy(Step::threadName, TreeMap::new, Collectors.toList()));
  }

  /** Steps that are there twice, or in another order than that of their ids, show here too. */
  private static void assertWithoutGap(String thread, List<Step> ofThread) {
    assertThat(ofThread.stream().map(Step::step).toList())
        .as("steps of %s by id", thread)
        .isEqualTo(IntStream.range(0, ofThread.size()).boxed().toList());
  }

  private static Step step(Record row) {
    ObjectNode payload = Json.readObject(row.get("payload", String.class));
    return new Step(
        row.get("run_id", Long.class),
        payload.get("thread").asInt(),
        payload.get("step").asInt(),
        row.get("id", Long.class));
  }
}
