package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.control.Command;
import dev.runlog.events.control.CommandQueue;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlCommandTest extends ConsoleTest {

  @Test
  void tellsWhatTheSupervisorDoes() {
    CommandQueue commands = commands();
    Thread supervisor =
        answering(commands, (queue, command) -> queue.obey(fleet.supervisor, command, "stopping"));

    Outcome outcome = run("stop", "W00001");

    assertThat(outcome).isEqualTo(new Outcome(0, "W00001: stopping\n", ""));
    assertThat(supervisor).isNotNull();
    assertThat(new EventQuery(fleet.database()).ofType(EventType.CONTROL_OBEYED)).hasSize(1);
  }

  @Test
  void tellsWhyTheSupervisorRefuses() {
    answering(commands(), (queue, command) -> queue.refuse(fleet.supervisor, command, "too many"));

    assertThat(run("scale", "worker", "200"))
        .isEqualTo(new Outcome(64, "", "runlog: worker: too many\n"));
  }

  @Test
  void takesBackWhatNobodyAnswers() {
    Outcome outcome = run("restart", "W00009");

    assertThat(outcome.exitCode()).isEqualTo(75);
    assertThat(outcome.err()).contains("no supervisor with W00009 answered within 5 s");
    assertThat(commands().askedAfter(new EventId(1))).isEmpty();
  }

  @Test
  void refusesACountThatIsNone() {
    assertThat(run("scale", "worker", "many").err())
        .contains("how many: expected a whole number from 0 to 256, got 'many'");
  }

  private CommandQueue commands() {
    return new CommandQueue(
        fleet.database(),
        new EventLog(fleet.database(), InstantSource.system()),
        InstantSource.system());
  }

  private static Thread answering(CommandQueue commands, BiConsumer<CommandQueue, Command> answer) {
    Thread thread =
        new Thread(
            () -> {
              List<Command> asked = commands.askedAfter(new EventId(1));
              while (asked.isEmpty()) {
                Thread.onSpinWait();
                asked = commands.askedAfter(new EventId(1));
              }
              answer.accept(commands, asked.get(0));
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
