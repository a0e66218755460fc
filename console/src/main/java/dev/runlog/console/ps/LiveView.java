package dev.runlog.console.ps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.console.render.Branch;
import dev.runlog.console.render.Cell;
import dev.runlog.console.render.Column;
import dev.runlog.console.render.Humans;
import dev.runlog.console.render.Table;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One look at what runs, as a table for people or as JSON for programs. */
public final class LiveView {

  private final List<Branch<LiveNode>> rows;
  private final Instant now;

  private LiveView(List<Branch<LiveNode>> rows, Instant now) {
    this.rows = rows;
    this.now = now;
  }

  /** Looks once. */
  public static LiveView of(Database database, ProcessMeter meter, Instant now) {
    List<Branch<LiveNode>> rows =
        LiveTree.read(database, meter).stream()
            .flatMap(root -> Branch.of(root, at -> at.node().children()).stream())
            .toList();
    return new LiveView(rows, now);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** For a terminal of 80 columns. */
  public Table table() {
    Table table =
        new Table(
            Column.text("RUN"),
            Column.cuttable("INSTANCE", 10),
            Column.text("STATE"),
            Column.number("UPTIME"),
            Column.number("IN"),
            Column.number("OUT"),
            Column.number("MEMORY"),
            Column.number("CPU"),
            Column.cuttable("TASK", 6));
    rows.forEach(row -> table.row(cells(row)));
    return table;
  }

  private Cell[] cells(Branch<LiveNode> row) {
    LiveNode node = row.node();
    return new Cell[] {
      Cell.of(row.lines() + node.run().map(run -> run.id().toString()).orElse("-")),
      Cell.of(node.instanceId()),
      Cell.of(node.state().wireName(), node.state().style()),
      Cell.of(node.run().map(run -> Humans.duration(uptime(run))).orElse("-")),
      Cell.of(Humans.number(node.inputTokens())),
      Cell.of(Humans.number(node.outputTokens())),
      Cell.of(node.use().flatMap(ProcessUse::residentBytes).map(LiveView::mebibytes).orElse("-")),
      Cell.of(node.use().flatMap(ProcessUse::cpu).map(LiveView::percent).orElse("-")),
      Cell.of(node.tasks().stream().findFirst().map(this::describe).orElse("-"))
    };
  }

  private Duration uptime(Run run) {
    return Duration.between(run.startedAt(), now);
  }

  private String describe(Task task) {
    return "%s %s %s"
        .formatted(
            task.id(), task.kind(), heldFor(task).map(Humans::duration).orElse(Humans.NOTHING));
  }

  private Optional<Duration> heldFor(Task task) {
    return task.claimedAt().map(claimedAt -> Duration.between(claimedAt, now));
  }

  private static String mebibytes(long bytes) {
    return Humans.number(bytes / (1024 * 1024)) + " MiB";
  }

  private static String percent(double cores) {
    return Math.round(cores * 100) + " %";
  }

  /**
   * One object a run or waiting instance, parents first; times in milliseconds, what is not known
   * is null.
   */
  public List<ObjectNode> json() {
    return rows.stream().map(this::json).toList();
  }

  private ObjectNode json(Branch<LiveNode> row) {
    LiveNode node = row.node();
    Optional<Run> run = node.run();
    Optional<Task> task = node.tasks().stream().findFirst();
    ObjectNode json = Json.object();
    json.put("run_id", run.map(Run::id).map(RunId::value).orElse(null));
    json.put(
        "parent_run_id",
        run.flatMap(of -> of.emitter().parentRunId()).map(RunId::value).orElse(null));
    json.put("depth", row.depth());
    json.put("instance_id", node.instanceId());
    json.put("role", run.map(of -> of.emitter().role()).orElse(null));
    json.put("state", node.state().wireName());
    json.put("pid", run.map(Run::pid).orElse(null));
    json.put("host", run.map(Run::host).orElse(null));
    json.put("uptime_ms", run.map(of -> uptime(of).toMillis()).orElse(null));
    json.put("task_id", task.map(of -> of.id().value()).orElse(null));
    json.put("task_kind", task.map(Task::kind).orElse(null));
    json.put("task_attempt", task.map(Task::attempt).orElse(null));
    json.put("task_held_ms", task.flatMap(this::heldFor).map(Duration::toMillis).orElse(null));
    json.put("input_tokens", node.inputTokens());
    json.put("output_tokens", node.outputTokens());
    json.put("resident_bytes", node.use().flatMap(ProcessUse::residentBytes).orElse(null));
    json.put("cpu_cores", node.use().flatMap(ProcessUse::cpu).orElse(null));
    return json;
  }
}
