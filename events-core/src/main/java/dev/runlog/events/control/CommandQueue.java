package dev.runlog.events.control;

import static dev.runlog.events.schema.Tables.COMMANDS;
import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.ControlObeyed;
import dev.runlog.events.payload.ControlRefused;
import dev.runlog.events.payload.ControlRequested;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/**
 * Carries what people ask to the supervisor that can do it. Each change is one transaction with the
 * event that says so. Thread-safe.
 */
public final class CommandQueue {

  private final Database database;
  private final EventLog log;
  private final InstantSource clock;

  public CommandQueue(Database database, EventLog log, InstantSource clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
  }

  /** Asks; returns the id of the command. */
  public long ask(Emitter by, Verb verb, String target, Optional<Integer> argument) {
    return database.write(
        transaction -> {
          long id =
              transaction
                  .sql()
                  .insertInto(COMMANDS)
                  .set(COMMANDS.VERB, verb.wireName())
                  .set(COMMANDS.TARGET, target)
                  .set(COMMANDS.ARGUMENT, argument.map(Integer::longValue).orElse(null))
                  .set(COMMANDS.STATE, CommandState.ASKED.wireName())
                  .set(COMMANDS.ASKED_AT, clock.millis())
                  .set(COMMANDS.ASKED_BY, by.runId().value())
                  .returningResult(COMMANDS.ID)
                  .fetchSingle(COMMANDS.ID);
          log.append(transaction, by, new ControlRequested(id, verb.wireName(), target, argument));
          return id;
        });
  }

  /** What was asked after an event and is not answered yet, the oldest first. */
  public List<Command> askedAfter(EventId event) {
    return database.read(
        sql ->
            sql.selectFrom(COMMANDS)
                .where(COMMANDS.STATE.eq(DSL.inline(CommandState.ASKED.wireName())))
                .and(DSL.exists(requestOf(sql).and(EVENTS.ID.gt(event.value()))))
                .orderBy(COMMANDS.ID)
                .fetch(CommandQueue::toCommand));
  }

  /** The event that reports the wish, by which its place in the history is known. */
  private static SelectConditionStep<Record1<Integer>> requestOf(DSLContext sql) {
    return sql.selectOne()
        .from(EVENTS)
        .where(EVENTS.EVENT_TYPE.eq(EventType.CONTROL_REQUESTED.wireName()))
        .and(EVENTS.RUN_ID.eq(COMMANDS.ASKED_BY))
        .and(
            EVENTS.PAYLOAD.like(
                DSL.concat(DSL.inline("{\"command_id\":"), COMMANDS.ID, DSL.inline(",%"))));
  }

  /** A command, empty when there is none of that id. */
  public Optional<Command> find(long id) {
    return database.read(
        sql ->
            sql.selectFrom(COMMANDS)
                .where(COMMANDS.ID.eq(id))
                .fetchOptional(CommandQueue::toCommand));
  }

  /**
   * Takes a command to obey it; only one caller gets it.
   *
   * @param answer what is done now
   * @return whether this caller got it
   */
  public boolean obey(Emitter by, Command command, String answer) {
    return end(
        by,
        command,
        CommandState.OBEYED,
        answer,
        new ControlObeyed(
            command.id(),
            command.verb().wireName(),
            command.target(),
            command.askedBy().value(),
            answer));
  }

  /**
   * Ends a command without doing it.
   *
   * @param answer why not
   * @return whether it was still asked
   */
  public boolean refuse(Emitter by, Command command, String answer) {
    return end(
        by,
        command,
        CommandState.REFUSED,
        answer,
        new ControlRefused(
            command.id(),
            command.verb().wireName(),
            command.target(),
            command.askedBy().value(),
            answer));
  }

  private boolean end(
      Emitter by, Command command, CommandState state, String answer, EventPayload event) {
    return database.write(
        transaction -> {
          int ended =
              transaction
                  .sql()
                  .update(COMMANDS)
                  .set(COMMANDS.STATE, state.wireName())
                  .set(COMMANDS.ENDED_AT, clock.millis())
                  .set(COMMANDS.ANSWER, answer)
                  .where(COMMANDS.ID.eq(command.id()))
                  .and(COMMANDS.STATE.eq(CommandState.ASKED.wireName()))
                  .execute();
          if (ended == 1) {
            log.append(transaction, by, event);
          }
          return ended == 1;
        });
  }

  private static Command toCommand(Record row) {
    return new Command(
        row.get(COMMANDS.ID),
        Verb.ofWireName(row.get(COMMANDS.VERB)),
        row.get(COMMANDS.TARGET),
        Optional.ofNullable(row.get(COMMANDS.ARGUMENT)).map(Long::intValue),
        CommandState.ofWireName(row.get(COMMANDS.STATE)),
        new RunId(row.get(COMMANDS.ASKED_BY)),
        Optional.ofNullable(row.get(COMMANDS.ANSWER)));
  }
}
