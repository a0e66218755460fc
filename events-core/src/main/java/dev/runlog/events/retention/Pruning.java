package dev.runlog.events.retention;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.EventsPruned;
import dev.runlog.events.payload.EventsPruning;
import dev.runlog.events.retention.ArchiveContent.Seal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;

/**
 * Removes old trees of runs while a fleet runs: only whole trees whose runs have all ended, with
 * the finished tasks that they submitted, in small transactions with a rest after each. A removal
 * that is cut off leaves trees that the next one finds again, and an {@code events.pruning} that
 * tells why something is missing. Not thread-safe.
 */
public final class Pruning {

  private static final int LARGEST_TRANSACTION = 1000;

  private final Database database;
  private final TreeSurvey survey;
  private final FinishedTasks finishedTasks;
  private final Consumer<Duration> rest;
  private final BooleanSupplier isToStop;

  /**
   * @param rest lets others write for that long
   * @param isToStop whether to end before the next transaction
   */
  public Pruning(Database database, Consumer<Duration> rest, BooleanSupplier isToStop) {
    this.database = database;
    this.survey = new TreeSurvey(database);
    this.finishedTasks = new FinishedTasks(database);
    this.rest = rest;
    this.isToStop = isToStop;
  }

  /** What a run that begins now would remove. Reads only. */
  public PruneReport plan(RetentionRule rule) {
    List<Tree> all = survey.trees();
    EventId firstOfThatRun = new EventId(new EventQuery(database).lastId() + 1);
    List<Tree> chosen = choose(all, rule, firstOfThatRun);
    return report(all, chosen, rowsOf(chosen), tasksOf(chosen).size(), true, Optional.empty());
  }

  /**
   * Removes what the rule does not keep. Unless that is nothing it logs {@code events.pruning}
   * before, and {@code events.pruned} after.
   *
   * @param archive where the events are written before they are removed, empty to give them up
   * @param events logs what was removed
   * @throws ArchiveException when the archive cannot be written; nothing was removed
   */
  public PruneReport prune(RetentionRule rule, Optional<Path> archive, EventAppender events) {
    List<Tree> all = survey.trees();
    EventId newest = new EventId(new EventQuery(database).lastId());
    List<Tree> chosen = choose(all, rule, newest);
    if (chosen.isEmpty()) {
      return report(all, chosen, 0, 0, true, Optional.empty());
    }
    Optional<Archive> file = archive.map(Archive::new);
    Optional<Seal> seal = file.map(written -> written.write(sink -> readAll(chosen, sink)));
    Removal removal = new Removal(chosen, tasksOf(chosen));
    EventId begun = events.append(removal.announced(file, seal));
    try {
      removal.run();
    } catch (RuntimeException e) {
      tellAsWell(
          e, () -> events.append(removal.told(begun, file, seal, Optional.of(e.toString()))));
      throw e;
    }
    events.append(removal.told(begun, file, seal, removal.whyItStopped()));
    return report(
        all,
        removal.gone,
        removal.rows,
        removal.tasks,
        !removal.isStopped,
        file.map(Archive::file));
  }

  private List<Tree> choose(List<Tree> all, RetentionRule rule, EventId newest) {
    long rows =
        rule instanceof RetentionRule.AtMostRows
            ? database.read(sql -> sql.select(DSL.count()).from(EVENTS).fetchSingle().value1())
            : 0;
    return PruneDecision.choose(all, rule, rows, newest);
  }

  private void readAll(List<Tree> trees, Consumer<Event> sink) {
    TreeRows rows = new TreeRows(database);
    EventQuery events = new EventQuery(database);
    for (Tree tree : trees) {
      rows.forEachPage(tree, page -> events.withIds(page).forEach(sink));
    }
  }

  private List<Long> tasksOf(List<Tree> trees) {
    return finishedTasks.submittedBy(
        trees.stream().flatMap(tree -> tree.runs().stream()).collect(Collectors.toSet()));
  }

  private static long rowsOf(List<Tree> trees) {
    return trees.stream().mapToLong(Tree::rows).sum();
  }

  /** What failed first is what the caller hears of. */
  private static void tellAsWell(RuntimeException failure, Runnable report) {
    try {
      report.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static PruneReport report(
      List<Tree> all,
      List<Tree> gone,
      long rows,
      long tasks,
      boolean isComplete,
      Optional<Path> archive) {
    return new PruneReport(
        gone.size(),
        gone.stream().mapToLong(tree -> tree.runs().size()).sum(),
        rows,
        tasks,
        all.size() - gone.size(),
        isComplete,
        archive);
  }

  /** The deed, and how far it got. */
  private final class Removal {

    private final List<Tree> chosen;
    private final List<Long> chosenTasks;
    private final List<Long> waiting = new ArrayList<>();
    private final List<Tree> waitingTrees = new ArrayList<>();
    private final List<Tree> gone = new ArrayList<>();
    private long rows;
    private long tasks;
    private boolean isStopped;

    Removal(List<Tree> chosen, List<Long> chosenTasks) {
      this.chosen = chosen;
      this.chosenTasks = chosenTasks;
    }

    /**
     * The tasks go first: once they are gone, nobody can put one of them into the queue again, and
     * a tree whose task somebody did put there in the meantime stays.
     */
    void run() {
      pages(chosenTasks, page -> tasks += finishedTasks.remove(page));
      Set<RunId> needed = survey.runsWithUnfinishedTasks();
      TreeRows treeRows = new TreeRows(database);
      for (Tree tree : chosen) {
        if (!isStopped && tree.runs().stream().noneMatch(needed::contains)) {
          treeRows.forEachPage(tree, this::remove);
          waitingTrees.add(tree);
        }
      }
      flush();
    }

    EventsPruning announced(Optional<Archive> file, Optional<Seal> seal) {
      return new EventsPruning(
          rowsOf(chosen),
          chosen.size(),
          chosenTasks.size(),
          file.map(written -> written.file().toString()),
          seal.map(Seal::sha256));
    }

    EventsPruned told(
        EventId begun, Optional<Archive> file, Optional<Seal> seal, Optional<String> error) {
      return new EventsPruned(
          begun.value(),
          rows,
          gone.size(),
          tasks,
          file.map(written -> written.file().toString()),
          seal.map(Seal::sha256),
          error);
    }

    Optional<String> whyItStopped() {
      return isStopped
          ? Optional.of("it was asked to end; the next removal finds what is left")
          : Optional.empty();
    }

    /** Rows of small trees go together. */
    private void remove(List<Long> page) {
      if (waiting.size() + page.size() > LARGEST_TRANSACTION) {
        flush();
      }
      if (!isStopped) {
        waiting.addAll(page);
      }
    }

    private void flush() {
      pages(waiting, page -> rows += delete(page));
      waiting.clear();
      if (!isStopped) {
        gone.addAll(waitingTrees);
        waitingTrees.clear();
      }
    }

    private int delete(List<Long> ids) {
      return database.write(
          transaction -> transaction.sql().deleteFrom(EVENTS).where(EVENTS.ID.in(ids)).execute());
    }

    /** Each page is a transaction; it is followed by a rest as long as it took. */
    private void pages(List<Long> ids, Consumer<List<Long>> transaction) {
      for (int from = 0; from < ids.size() && !isStopped(); from += LARGEST_TRANSACTION) {
        long begun = System.nanoTime();
        transaction.accept(ids.subList(from, Math.min(ids.size(), from + LARGEST_TRANSACTION)));
        rest.accept(Duration.ofNanos(System.nanoTime() - begun));
      }
    }

    /** Once it is asked for it stays so. */
    private boolean isStopped() {
      isStopped |= isToStop.getAsBoolean();
      return isStopped;
    }
  }
}
