package dev.runlog.process.propagation;

import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.RunId;
import dev.runlog.process.settings.KnownSettings;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a run hands to the processes that it spawns, so that they find the same database and name it
 * as their parent. It is put into a map, which the caller gives to the child in whatever way it
 * starts one.
 *
 * @param run the spawning run
 * @param database the database of the whole tree
 * @param trace the trace of the tree, at the span of the spawning run
 */
public record ChildEnvironment(RunId run, DatabaseSettings database, TraceContext trace) {

  /** The environment variable that carries the W3C trace context. */
  public static final String TRACEPARENT = "TRACEPARENT";

  /** The environment variable of a process's long-lived name. */
  public static final String INSTANCE_ID = "INSTANCE_ID";

  /** The value of {@code RUNLOG_LIFELINE} that makes a process end with its standard input. */
  public static final String LIFELINE_STDIN = "stdin";

  /**
   * What a run hands on.
   *
   * @param env the spawning run's own environment; a valid {@code TRACEPARENT} in it is continued
   * @param root looks up the first run of the tree, of whose id a trace is derived when there is
   *     none
   */
  public static ChildEnvironment of(
      Map<String, String> env, RunId run, Supplier<RunId> root, DatabaseSettings database) {
    String place = database.description();
    TraceContext trace =
        TraceContext.parse(env.getOrDefault(TRACEPARENT, ""))
            .orElseGet(() -> TraceContext.ofRoot(place, root.get()));
    return new ChildEnvironment(run, database, trace.at(place, run));
  }

  /**
   * Puts the variables of one child into a map; others that the map holds stay.
   *
   * @param instanceId long-lived name of the child
   */
  public void injectInto(Map<String, String> env, String instanceId) {
    env.put(ParentRun.VARIABLE, run.toString());
    env.put(INSTANCE_ID, instanceId);
    env.put(KnownSettings.DB, database.absoluteLocation());
    env.put(KnownSettings.DURABILITY, database.durability().wireName());
    env.put(KnownSettings.LIFELINE, LIFELINE_STDIN);
    env.put(TRACEPARENT, trace.traceparent());
  }
}
