package dev.runlog.events.stats;

import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Adds up the calls to models that have ended, from {@code llm_call.completed} and {@code
 * llm_call.failed}. Reads every such event of its scope, which takes seconds over millions of them;
 * an event whose payload is no JSON is left out. Thread-safe.
 */
public final class StatsQuery {

  private final Database database;

  public StatsQuery(Database database) {
    this.database = database;
  }

  /** The calls of all runs. */
  public CallReport ofAll() {
    // The calls before the tree: a run starts before it calls, so no caller is missing in the tree.
    List<CallTally> tallies = tallies(DSL.noCondition());
    return new CallReport(tallies, new RunTree(database).roots());
  }

  /** The calls of a run and all its descendants; empty when there is no such run. */
  public Optional<CallReport> ofSubtree(RunId root) {
    return new RunTree(database)
        .of(root)
        .map(tree -> new CallReport(tallies(isOneOf(idsOf(tree))), List.of(tree)));
  }

  /** How many tasks each run ended with a result; runs without any are left out. */
  public Map<RunId, Long> tasksDoneByRun() {
    return database.read(CallRows::tasksDoneByRun);
  }

  private List<CallTally> tallies(Condition scope) {
    return database.read(sql -> CallRows.tallies(sql, scope));
  }

  private static List<Long> idsOf(Run root) {
    List<Long> ids = new ArrayList<>();
    addIds(root, ids);
    return ids;
  }

  private static void addIds(Run run, List<Long> ids) {
    ids.add(run.id().value());
    run.children().forEach(child -> addIds(child, ids));
  }

  /** One bound value for any number of runs: SQLite limits how many a statement may have. */
  private static Condition isOneOf(List<Long> runs) {
    return CallRows.runIsIn(Json.write(runs));
  }
}
