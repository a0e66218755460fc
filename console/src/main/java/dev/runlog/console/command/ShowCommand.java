package dev.runlog.console.command;

import dev.runlog.console.render.EventJson;
import dev.runlog.console.render.FieldList;
import dev.runlog.console.render.Humans;
import dev.runlog.console.render.PrettyJson;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One event in full. */
@Command(name = "show", description = "Show one event: its columns and its payload.")
public final class ShowCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(paramLabel = "EVENT", description = "Id of the event.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private EventId id;

  public ShowCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    Event event = new EventQuery(database).find(id).orElseThrow(() -> Unknown.event(id));
    if (root.isJson()) {
      root.print(EventJson.of(event));
    } else {
      print(event);
    }
    return ExitCode.OK;
  }

  private void print(Event event) {
    PrintStream out = root.terminal().out();
    new FieldList()
        .add("id", event.id())
        .add(
            "timestamp",
            event.timestamp().toEpochMilli()
                + "  "
                + Humans.time(event.timestamp(), root.terminal().zone()))
        .add("run_id", event.runId())
        .add(
            "parent_run_id",
            event.emitter().parentRunId().map(RunId::toString).orElse(Humans.NOTHING))
        .add("instance_id", event.emitter().instanceId())
        .add("role", event.emitter().role())
        .add("event_type", event.eventType())
        .lines()
        .forEach(out::println);
    out.println("payload");
    out.println(event.payload().map(PrettyJson::of).orElse(Humans.NOTHING));
  }
}
