package dev.runlog.console.ps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFilter;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.Glob;
import dev.runlog.events.log.NewestEvents;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunState;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.stats.CallStats;
import dev.runlog.events.stats.StatsQuery;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.HostName;
import dev.runlog.process.LivingProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs that have no end yet, each below the one that started it, with what the operating system
 * of this machine says of their processes. Not thread-safe.
 */
final class LiveTree {

  private static final int MOST_HELD = 10_000;
  private static final int MOST_REPORTS = 2_000;
  private static final String SUPERVISOR = "supervisor";
  private static final Glob ABOUT_CHILDREN = new Glob("worker.*");

  private final Database database;
  private final ProcessMeter meter;
  private final String host = HostName.ofThisMachine();
  private final Map<RunId, List<Task>> heldBy;
  private final Map<RunId, CallStats> calls;

  private LiveTree(Database database, ProcessMeter meter) {
    this.database = database;
    this.meter = meter;
    this.heldBy =
        new TaskQuery(database)
            .newest(List.of(TaskState.CLAIMED), MOST_HELD).stream()
                .filter(task -> task.claimedBy().isPresent())
                .collect(Collectors.groupingBy(task -> task.claimedBy().orElseThrow()));
    this.calls = new StatsQuery(database).countsByRun();
  }

  /** The living roots, in the order of their ids. */
  static List<LiveNode> read(Database database, ProcessMeter meter) {
    List<Run> roots = new RunTree(database).roots();
    LiveTree tree = new LiveTree(database, meter);
    return tree.living(roots);
  }

  /** Also the living descendants of what has ended: orphans must not be hidden. */
  private List<LiveNode> living(List<Run> runs) {
    return runs.stream()
        .flatMap(
            run ->
                run.state() == RunState.RUNNING
                    ? Stream.of(node(run))
                    : living(run.children()).stream())
        .toList();
  }

  private LiveNode node(Run run) {
    CallStats own = calls.getOrDefault(run.id(), CallStats.NONE);
    boolean isHere = run.host().equals(host);
    Optional<ProcessHandle> process = isHere ? processOf(run) : Optional.empty();
    return new LiveNode(
        Optional.of(run),
        run.emitter().instanceId(),
        isHere && process.isEmpty() ? LiveState.GONE : LiveState.RUNNING,
        heldBy.getOrDefault(run.id(), List.of()),
        own.inputTokens(),
        own.outputTokens(),
        process.map(meter::look),
        children(run));
  }

  private List<LiveNode> children(Run run) {
    List<LiveNode> children = new ArrayList<>(living(run.children()));
    if (run.emitter().role().equals(SUPERVISOR)) {
      children.addAll(waiting(run, children));
    }
    return children;
  }

  private List<LiveNode> waiting(Run supervisor, List<LiveNode> living) {
    Set<String> alive = living.stream().map(LiveNode::instanceId).collect(Collectors.toSet());
    return WaitingSlots.after(reportsOf(supervisor)).entrySet().stream()
        .filter(slot -> !alive.contains(slot.getKey()))
        .map(slot -> LiveNode.waiting(slot.getKey(), slot.getValue()))
        .toList();
  }

  private List<Event> reportsOf(Run supervisor) {
    EventFilter filter =
        new EventFilter(
            Optional.of(ABOUT_CHILDREN),
            Optional.of(supervisor.id()),
            Optional.empty(),
            Optional.empty(),
            TimeWindow.ALL);
    return new NewestEvents(database).upTo(new EventQuery(database).lastId(), MOST_REPORTS, filter);
  }

  private Optional<ProcessHandle> processOf(Run run) {
    return new EventQuery(database)
        .withIds(List.of(run.id().value())).stream()
            .findFirst()
            .flatMap(Event::payload)
            .<JsonNode>map(Json::readObject)
            .map(start -> Instant.ofEpochMilli(start.path("started_at").asLong()))
            .flatMap(startedAt -> LivingProcess.find(run.pid(), startedAt));
  }
}
