package dev.runlog.events.log;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The catalogue of the events that Runlog itself writes. Users may log types of their own; unknown
 * types are kept and shown. How they nest, and which event closes which:
 *
 * <pre>
 * process.started ─────────────────────── process.stopped | process.failed     (the process itself)
 * │  process.parent_ignored
 * │  worker.spawned ───────────────────── worker.exited | worker.crashed       (its parent, of the child)
 * │  │  crash_loop.detected, worker.gave_up
 * │  task.submitted, task.cancelled, task.cancel_requested, task.retried
 * │  control.requested, control.obeyed, control.refused
 * │  task_kind.paused, task_kind.resumed, task_kind.limited
 * │  revision.registered, revision.requested                                   (whoever asks)
 * │  revision.verifying ───────────────── revision.verified | revision.rejected
 * │  revision.canary ──────────────────── revision.permanent | revision.rolled_back
 * │  │  revision.rolling, revision.promoted, revision.rolling_back, revision.inconsistent, revision.resumed
 * │  revision.superseded
 * │  events.pruning ───────────────────── events.pruned
 * │  task.claimed ─────────────────────── task.done | task.failed | task.released | task.cancelled
 * │  │  task.stale                                                            (too late for any of them)
 * │  │  llm_call.started ──────────────── llm_call.completed | llm_call.failed
 * │  │  │  llm_call.retried
 * │  │  llm_accounting.drifted
 * </pre>
 *
 * Within a process the pairs are linked by the payload: a closing event carries {@code
 * started_event_id}, an event inside another's scope {@code parent_event_id}.
 */
public enum EventType {
  PROCESS_STARTED("process.started"),
  PROCESS_STOPPED("process.stopped"),
  PROCESS_FAILED("process.failed"),
  PROCESS_PARENT_IGNORED("process.parent_ignored"),
  WORKER_SPAWNED("worker.spawned"),
  WORKER_EXITED("worker.exited"),
  WORKER_CRASHED("worker.crashed"),
  CRASH_LOOP_DETECTED("crash_loop.detected"),
  WORKER_GAVE_UP("worker.gave_up"),
  REVISION_REGISTERED("revision.registered"),
  REVISION_VERIFYING("revision.verifying"),
  REVISION_VERIFIED("revision.verified"),
  REVISION_REJECTED("revision.rejected"),
  REVISION_REQUESTED("revision.requested"),
  REVISION_CANARY("revision.canary"),
  REVISION_ROLLING("revision.rolling"),
  REVISION_PROMOTED("revision.promoted"),
  REVISION_PERMANENT("revision.permanent"),
  REVISION_SUPERSEDED("revision.superseded"),
  REVISION_ROLLING_BACK("revision.rolling_back"),
  REVISION_ROLLED_BACK("revision.rolled_back"),
  REVISION_INCONSISTENT("revision.inconsistent"),
  REVISION_RESUMED("revision.resumed"),
  TASK_SUBMITTED("task.submitted"),
  TASK_CLAIMED("task.claimed"),
  TASK_DONE("task.done"),
  TASK_FAILED("task.failed"),
  TASK_RELEASED("task.released"),
  TASK_CANCELLED("task.cancelled"),
  TASK_CANCEL_REQUESTED("task.cancel_requested"),
  TASK_RETRIED("task.retried"),
  TASK_STALE("task.stale"),
  TASK_KIND_PAUSED("task_kind.paused"),
  TASK_KIND_RESUMED("task_kind.resumed"),
  TASK_KIND_LIMITED("task_kind.limited"),
  CONTROL_REQUESTED("control.requested"),
  CONTROL_OBEYED("control.obeyed"),
  CONTROL_REFUSED("control.refused"),
  LLM_CALL_STARTED("llm_call.started"),
  LLM_CALL_COMPLETED("llm_call.completed"),
  LLM_CALL_FAILED("llm_call.failed"),
  LLM_CALL_RETRIED("llm_call.retried"),
  LLM_ACCOUNTING_DRIFTED("llm_accounting.drifted"),
  EVENTS_PRUNING("events.pruning"),
  EVENTS_PRUNED("events.pruned");

  private static final Map<String, EventType> BY_WIRE_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in the column {@code event_type}, {@code scope.fact}. */
  public String wireName() {
    return wireName;
  }

  /** The type of that name, empty for one that this version does not know. */
  public static Optional<EventType> ofWireName(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }
}
