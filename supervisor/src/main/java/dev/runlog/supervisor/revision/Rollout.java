package dev.runlog.supervisor.revision;

import dev.runlog.events.instances.Instances;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.payload.RevisionComparison;
import dev.runlog.events.revisions.InvalidRevisionException;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.revisions.RevisionStore;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.process.artifact.SelfCheckWords;
import dev.runlog.process.child.ChildCommand;
import dev.runlog.process.child.ChildStartException;
import dev.runlog.supervisor.slot.Launch;
import dev.runlog.supervisor.slot.Slot;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.SlotState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the revisions of a supervisor into its slots, as {@link RolloutDecision} says. All that
 * must survive the supervisor is in the table: the next one reads there what runs where, and goes
 * on. Belongs to the supervisor's thread.
 */
public final class Rollout implements Deployment {

  /** After so long the start of a fleet is over. */
  private static final Duration QUIET_TIME = Duration.ofSeconds(5);

  private final Emitter emitter;
  private final RunContext context;
  private final RevisionStore store;
  private final RevisionQuery query;
  private final Builds builds;
  private final RolloutRules rules;
  private final Path checkLog;
  private final TransitionWatch watch;
  private final Trial trial;
  private final Probes probes;
  private final JarCollector collector;
  private final Set<String> freshSlots = new HashSet<>();
  private final Map<String, Optional<String>> launchedBuilds = new HashMap<>();
  private List<Revision> rows = List.of();
  private Optional<Revision> inFocus = Optional.empty();
  private @Nullable SelfCheckRun check;
  private boolean hasBegun;
  private long stateSeenNanos = System.nanoTime();

  /**
   * @param checkLog file of the output of self-checks
   * @param watch is told of each move
   */
  public Rollout(
      RunContext context, Builds builds, RolloutRules rules, Path checkLog, TransitionWatch watch) {
    this.emitter = context.emitter();
    this.context = context;
    this.store = new RevisionStore(context.database(), context.log(), InstantSource.system());
    this.query = new RevisionQuery(context.database());
    this.builds = builds;
    this.rules = rules;
    this.checkLog = checkLog;
    this.watch = watch;
    this.trial = new Trial(context.database(), System::nanoTime);
    this.probes = new Probes(context, System::nanoTime);
    this.collector =
        new JarCollector(new Artifacts(context.database().localPath()), query, System.err);
  }

  @Override
  public Launch launchOf(SlotSpec spec) {
    if (!spec.isRevisable()) {
      return new Launch(spec.command(), Optional.empty());
    }
    Optional<Revision> build = buildOf(spec.instanceId());
    Launch launch = builds.launchOf(build);
    launchedBuilds.put(spec.instanceId(), build.map(Revision::revision));
    return launch;
  }

  @Override
  public int step(List<Slot> slots) {
    List<Slot> revisable = slots.stream().filter(Slot::isRevisable).toList();
    begin(revisable);
    keepBase(revisable);
    int moves = 0;
    while (stepOnce(revisable)) {
      moves++;
    }
    return moves;
  }

  @Override
  public boolean isAnyAwaited() {
    return Focus.isAnyAwaited(rows);
  }

  @Override
  public void close() {
    endCheck();
  }

  /** What a predecessor left: its probes, and a revision that was under way. */
  private void begin(List<Slot> slots) {
    if (hasBegun) {
      return;
    }
    probes.takeBack(namesOf(slots));
    lookUp(slots);
    inFocus.filter(row -> row.state().isInFlight()).ifPresent(row -> store.resume(emitter, row));
    hasBegun = true;
    collector.collect();
  }

  /** Not while the first workers start, which are waited for. */
  private void keepBase(List<Slot> slots) {
    boolean isWorthIt =
        slots.stream()
            .flatMap(slot -> slot.readyFor().stream())
            .anyMatch(ready -> ready.compareTo(QUIET_TIME) >= 0);
    if (isWorthIt) {
      builds.keepBase();
    }
  }

  /** Returns whether the row was moved on, so that there may be more to do at once. */
  private boolean stepOnce(List<Slot> slots) {
    lookUp(slots);
    if (inFocus.isEmpty()) {
      return false;
    }
    Revision revision = inFocus.get();
    Move move = decide(revision, slots);
    if (move instanceof Move.To to) {
      return move(revision, to, slots);
    }
    if (move instanceof Move.StartCheck) {
      return startCheck(revision, slots);
    }
    if (move instanceof Move.Change change) {
      change(change, slots);
    } else if (revision.state() == RevisionState.CANARY) {
      probe(slots);
    }
    return false;
  }

  /** What moves a build that has slots is measured at that moment, so that its event says why. */
  private Move decide(Revision revision, List<Slot> slots) {
    boolean isTried = revision.state().mayHaveSlots();
    Optional<String> previous = builds.shaOf(Focus.base(rows));
    if (isTried) {
      trial.measure(revision, previous, slots.stream().mapToLong(Slot::ends).sum());
    }
    Move move = RolloutDecision.next(situation(revision, slots));
    if (isTried && move instanceof Move.To) {
      trial.measureNow(revision, previous);
      move = RolloutDecision.next(situation(revision, slots));
    }
    return move;
  }

  private void lookUp(List<Slot> slots) {
    rows = query.of(context.instanceId());
    Optional<Revision> next = Focus.among(rows);
    boolean isOther = !next.map(Revision::id).equals(inFocus.map(Revision::id));
    if (isOther) {
      endCheck();
      freshSlots.clear();
    }
    if (isOther || !next.map(Revision::state).equals(inFocus.map(Revision::state))) {
      stateSeenNanos = System.nanoTime();
    }
    if (isIn(RevisionState.ACTIVE, inFocus) && isIn(RevisionState.ROLLING_BACK, next)) {
      // From now on it counts which slots have it, no longer that all have.
      freshSlots.addAll(namesOf(slots));
    }
    inFocus = next;
  }

  private static boolean isIn(RevisionState state, Optional<Revision> revision) {
    return revision.filter(row -> row.state() == state).isPresent();
  }

  private boolean move(Revision revision, Move.To to, List<Slot> slots) {
    watch.before(revision.state(), to.to());
    boolean isMoved;
    try {
      isMoved = store.move(emitter, revision, to.to(), to.reason(), figuresFor(revision, to.to()));
    } catch (InvalidRevisionException e) {
      // Another one of this supervisor came first, by a person's hand; the next look finds it.
      return false;
    }
    if (isMoved) {
      watch.after(revision.state(), to.to());
      tidyUp(revision.state(), to.to(), slots);
    }
    return isMoved;
  }

  private Optional<RevisionComparison> figuresFor(Revision revision, RevisionState to) {
    boolean isJudged = revision.state().mayHaveSlots() && to != RevisionState.ROLLED_BACK;
    return isJudged ? trial.comparison(revision) : Optional.empty();
  }

  private void tidyUp(RevisionState from, RevisionState to, List<Slot> slots) {
    if (from == RevisionState.CANARY) {
      probes.takeBack(namesOf(slots));
    }
    if (from == RevisionState.VERIFYING) {
      endCheck();
    }
    if (from == RevisionState.INCONSISTENT) {
      slots.stream().filter(slot -> slot.state() == SlotState.FATAL).forEach(Slot::restart);
    }
    if (to.isFinal() || to == RevisionState.PERMANENT) {
      collector.collect();
    }
  }

  /** Returns whether the row was moved on, as it is when the check cannot be started. */
  private boolean startCheck(Revision revision, List<Slot> slots) {
    Map<String, String> env = new LinkedHashMap<>();
    context.childEnvironment().injectInto(env, "self-check");
    List<String> command = builds.checkCommandOf(revision, SelfCheckWords.OPTION);
    try {
      check =
          SelfCheckRun.start(
              new ChildCommand("self-check", Instances.WORKER_ROLE, command, env, checkLog));
      return false;
    } catch (ChildStartException e) {
      Optional<String> why = Optional.of(SelfCheckRun.reasonOf(e));
      return move(revision, new Move.To(RevisionState.REJECTED, why), slots);
    }
  }

  private void endCheck() {
    SelfCheckRun running = check;
    if (running != null) {
      running.kill();
      check = null;
    }
  }

  private void change(Move.Change change, List<Slot> slots) {
    Optional<Slot> slot =
        slots.stream().filter(any -> any.instanceId().equals(change.slot())).findFirst();
    if (change.isFresh()) {
      freshSlots.add(change.slot());
    } else {
      freshSlots.remove(change.slot());
    }
    slot.filter(any -> !any.isSetAside()).ifPresent(Slot::restart);
  }

  /** Enough is enough: each probe stays in the table. */
  private void probe(List<Slot> slots) {
    if (trial.fresh().samples().size() < rules.canaryTasks()) {
      slots.stream()
          .filter(slot -> freshSlots.contains(slot.instanceId()) && slot.readyFor().isPresent())
          .forEach(slot -> slot.run().ifPresent(run -> probes.askIfIdle(slot.instanceId(), run)));
    }
  }

  private Situation situation(Revision revision, List<Slot> slots) {
    RevisionState state = revision.state();
    return new Situation(
        state,
        revision.promoteRequestedAt().isPresent(),
        revision.rollbackRequestedAt().isPresent(),
        revision.reason(),
        problemIn(state, revision),
        previousProblemIn(state, revision),
        checkOf(state),
        slots.stream().map(this::view).toList(),
        trial.fresh(),
        trial.previous(),
        Duration.ofNanos(System.nanoTime() - stateSeenNanos),
        revision.resumes(),
        rules);
  }

  /** Hashing takes a while; where a slot starts the jar, that looks itself. */
  private Optional<String> problemIn(RevisionState state, Revision revision) {
    boolean isAsked =
        state == RevisionState.CANDIDATE || (state == RevisionState.VERIFYING && check == null);
    return isAsked ? builds.problemOf(Optional.of(revision)) : Optional.empty();
  }

  private Optional<String> previousProblemIn(RevisionState state, Revision revision) {
    boolean isAsked =
        state == RevisionState.ROLLING_BACK
            || (state == RevisionState.INCONSISTENT && revision.rollbackRequestedAt().isPresent());
    return isAsked ? builds.problemOf(Focus.base(rows)) : Optional.empty();
  }

  private Check checkOf(RevisionState state) {
    SelfCheckRun running = check;
    return state != RevisionState.VERIFYING || running == null
        ? new Check.NotStarted()
        : running.look();
  }

  private SlotView view(Slot slot) {
    Optional<String> wanted = buildOf(slot.instanceId()).map(Revision::revision);
    boolean isArrived = !slot.isOccupied() || wanted.equals(launchedBuilds.get(slot.instanceId()));
    return new SlotView(
        slot.instanceId(),
        isFresh(slot.instanceId()),
        isArrived,
        slot.readyFor(),
        slot.state() == SlotState.FATAL,
        slot.isSetAside(),
        slot.isOccupied());
  }

  private Optional<Revision> buildOf(String instanceId) {
    return isFresh(instanceId) ? inFocus : Focus.base(rows);
  }

  /**
   * In the table it says that all slots run an active one, also those that are new or restarted.
   */
  private boolean isFresh(String instanceId) {
    return switch (inFocus.map(Revision::state).orElse(RevisionState.REGISTERED)) {
      case ACTIVE -> true;
      case CANARY, ROLLING, ROLLING_BACK, INCONSISTENT -> freshSlots.contains(instanceId);
      case REGISTERED, VERIFYING, CANDIDATE, PERMANENT, SUPERSEDED, REJECTED, ROLLED_BACK -> false;
    };
  }

  private static List<String> namesOf(List<Slot> slots) {
    return slots.stream().map(Slot::instanceId).toList();
  }
}
