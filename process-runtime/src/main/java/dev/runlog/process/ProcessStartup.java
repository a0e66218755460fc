package dev.runlog.process;

import dev.runlog.events.db.Database;
import dev.runlog.events.instances.Instances;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.Redaction;
import dev.runlog.events.payload.ProcessParentIgnored;
import dev.runlog.process.lifecycle.Lifeline;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.process.lifecycle.Signals;
import dev.runlog.process.lines.EventLines;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.propagation.ParentRun;
import dev.runlog.process.settings.SettingsReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only way in which a process becomes a run: settings, database, parent, name, {@code
 * process.started}, then its main, and at the end {@code process.stopped} or {@code
 * process.failed}. It returns the exit code; a {@code main} method hands that to {@code
 * System.exit}:
 *
 * <pre>{@code
 * System.exit(
 *     new ProcessStartup(EXECUTABLE, Surroundings.ofThisProcess(System.getenv()))
 *         .run(context -> new Worker(context).work()));
 * }</pre>
 *
 * A test gives it {@link Surroundings#embedded} and a lambda.
 */
public final class ProcessStartup {

  private final Executable executable;
  private final Surroundings surroundings;
  private final InstantSource clock = InstantSource.system();

  public ProcessStartup(Executable executable, Surroundings surroundings) {
    this.executable = executable;
    this.surroundings = surroundings;
  }

  /** Runs a program without settings of its own; returns the exit code, never throws. */
  public int run(ProcessMain main) {
    return runWith(settings -> main);
  }

  /**
   * Runs a program with settings of its own; returns the exit code, never throws.
   *
   * @param prepare reads those settings, so that their errors are told together with the common
   *     ones, and makes the main; it should do nothing else yet
   */
  public int runWith(Function<SettingsReader, ProcessMain> prepare) {
    OwnProcess process = OwnProcess.read();
    try {
      SettingsReader reader = new SettingsReader(surroundings.env());
      CommonSettings settings = CommonSettings.read(reader, surroundings.env());
      ProcessMain main = prepare.apply(reader);
      reader.check();
      return runOnDatabase(settings, process, main);
    } catch (RuntimeException | Error e) {
      FailureReport report = FailureReport.of(e);
      report.printTo(surroundings.err());
      return report.exitCode();
    }
  }

  /** Signals and the lifeline count from here on: opening the database may take a while. */
  private int runOnDatabase(CommonSettings settings, OwnProcess process, ProcessMain main) {
    Shutdown shutdown = new Shutdown();
    Optional<Signals> signals = handleSignals(shutdown);
    if (settings.hasLifeline()) {
      Lifeline.watch(surroundings.in(), shutdown);
    }
    try (Database database = Database.open(settings.database())) {
      RunContext context = start(settings, database, shutdown, process, main.getClass());
      return new Lifetime(context, process, surroundings).live(main, executable.grace());
    } finally {
      signals.ifPresent(Signals::close);
    }
  }

  private RunContext start(
      CommonSettings settings,
      Database database,
      Shutdown shutdown,
      OwnProcess process,
      Class<?> program) {
    EventLog log = openLog(settings, database);
    ParentRun parent = ParentRun.from(surroundings.env());
    String instanceId = settings.instanceId().orElseGet(() -> ownName(database));
    Emitter emitter =
        log.start(parent.runId(), instanceId, executable.role(), process.describe(program));
    EventAppender events = log.appenderFor(emitter);
    if (parent instanceof ParentRun.Unreadable unreadable) {
      events.append(new ProcessParentIgnored(unreadable.value(), unreadable.reason()));
    }
    return new RunContext(
        emitter,
        events,
        log,
        database,
        settings.database(),
        shutdown,
        childEnvironment(settings, database, emitter),
        surroundings.env());
  }

  private EventLog openLog(CommonSettings settings, Database database) {
    Consumer<Event> onCommitted =
        executable.printsEvents() ? EventLines.inLocalTime(surroundings.out()) : event -> {};
    List<String> secrets = new ArrayList<>(EnvironmentSecrets.of(surroundings.env()));
    secrets.addAll(settings.database().secrets());
    Redaction redaction = Redaction.of(secrets);
    return new EventLog(database, clock, redaction, onCommitted);
  }

  private String ownName(Database database) {
    return executable.naming().nameFrom(new Instances(database, clock));
  }

  private ChildEnvironment childEnvironment(
      CommonSettings settings, Database database, Emitter emitter) {
    return ChildEnvironment.of(
        surroundings.env(),
        emitter.runId(),
        () -> RootRun.of(new EventQuery(database), emitter),
        settings.database());
  }

  private Optional<Signals> handleSignals(Shutdown shutdown) {
    if (!surroundings.handlesSignals()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Signals.install(shutdown));
    } catch (UnsupportedOperationException e) {
      surroundings.err().println("runlog: " + e.getMessage() + "; signals end it without a drain");
      return Optional.empty();
    }
  }
}
