package dev.runlog.events.tasks;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many tasks are in each state.
 *
 * @param byState every state, with 0 where there is none
 */
public record TaskCounts(Map<TaskState, Long> byState) {

  public TaskCounts {
    Map<TaskState, Long> all = new EnumMap<>(TaskState.class);
    for (TaskState state : TaskState.values()) {
      all.put(state, byState.getOrDefault(state, 0L));
    }
    byState = Map.copyOf(all);
  }

  public long of(TaskState state) {
    return byState.getOrDefault(state, 0L);
  }

  public long total() {
    return byState.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether nothing is queued and nothing is held, so that nothing more happens by itself. */
  public boolean isDrained() {
    return of(TaskState.QUEUED) == 0 && of(TaskState.CLAIMED) == 0;
  }
}
