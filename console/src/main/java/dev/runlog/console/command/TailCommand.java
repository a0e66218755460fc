package dev.runlog.console.command;

import dev.runlog.console.render.EventJson;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventFilter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.Glob;
import dev.runlog.events.log.NewestEvents;
import dev.runlog.events.log.RunId;
import dev.runlog.process.ExitCode;
import dev.runlog.process.lines.EventLines;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The newest events, and what comes after them. */
@Command(name = "tail", description = "Show the newest events, one a line, the newest last.")
public final class TailCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final String TYPES = "[a-z0-9_.*?]+";

  private final RunlogCommand root;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new events as they come, until Ctrl-C.")
  private boolean isFollowing;

  @Option(
      names = "--type",
      paramLabel = "GLOB",
      description = "Only events of these types: 'task.*', '*.failed'.")
  private Optional<String> type = Optional.empty();

  @Option(names = "--run", paramLabel = "RUN", description = "Only events that this run emitted.")
  private Optional<RunId> run = Optional.empty();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "Only events of this instance, such as W00001.")
  private Optional<String> instance = Optional.empty();

  @Option(names = "--role", paramLabel = "ROLE", description = "Only events of this role.")
  private Optional<String> role = Optional.empty();

  @Mixin private final WindowOptions window = new WindowOptions();

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      description = "How many events; ${DEFAULT-VALUE} by default.")
  private int last = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public TailCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (last < 0) {
      throw new ParameterException(
          spec.commandLine(), "--last is " + last + "; give 0 or a larger number");
    }
    type.ifPresent(this::requireTypes);
    return root.reading(this::show);
  }

  /** A pattern that fits no type would look like a log in which nothing happens. */
  private void requireTypes(String glob) {
    if (!glob.matches(TYPES)) {
      throw new ParameterException(
          spec.commandLine(),
          "--type is '"
              + glob
              + "'; types have lower-case letters, digits, _ and dots, and * stands for any"
              + " letters: 'task.*'");
    }
  }

  private int show(Database database) {
    EventQuery query = new EventQuery(database);
    run.ifPresent(id -> requireKnown(query, id));
    EventFilter filter = filter();
    Consumer<Event> printer = printer();
    NewestEvents events = new NewestEvents(database);
    if (isFollowing) {
      EventFeed feed = EventFeed.fromNow(database);
      events.upTo(feed.lastId(), last, filter).forEach(printer);
      follow(feed, filter, printer);
    } else {
      print(events, query.lastId(), filter, printer);
    }
    return ExitCode.OK;
  }

  private void print(
      NewestEvents newest, long lastId, EventFilter filter, Consumer<Event> printer) {
    List<Event> events = newest.upTo(lastId, last, filter);
    events.forEach(printer);
    if (events.isEmpty() && last > 0 && !root.isJson()) {
      root.terminal().out().println(lastId == 0 ? "no events yet" : "no such events");
    }
  }

  private EventFilter filter() {
    return new EventFilter(
        type.map(Glob::new), run, instance, role, window.window(root.terminal()));
  }

  /** Until nobody reads any more: a signal ends the process, a closed pipe ends the loop. */
  private void follow(EventFeed feed, EventFilter filter, Consumer<Event> printer) {
    PrintStream out = root.terminal().out();
    while (!out.checkError() && !Thread.currentThread().isInterrupted()) {
      feed.next(LOOK).stream().filter(filter).forEach(printer);
    }
  }

  private Consumer<Event> printer() {
    return root.isJson()
        ? event -> root.print(EventJson.of(event))
        : EventLines.withDatesAndIds(root.terminal().out(), root.terminal().zone());
  }

  private static void requireKnown(EventQuery query, RunId run) {
    boolean loggedItsStart =
        query.find(new EventId(run.value())).filter(event -> event.runId().equals(run)).isPresent();
    // Another program may log under any run id without ever logging a start.
    if (!loggedItsStart && query.ofRun(run).isEmpty()) {
      throw Unknown.run(run);
    }
  }
}
