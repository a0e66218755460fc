package dev.runlog.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.process.lifecycle.Grace;
import dev.runlog.process.propagation.TraceContext;
import dev.runlog.process.settings.SettingParsers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessStartupTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Executable SUPERVISOR = Executable.named("supervisor", "supervisor-main");

  @TempDir Path directory;
  private final Map<String, String> env = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void nameTheDatabase() {
    env.put("RUNLOG_DB", directory.resolve("runlog.db").toString());
  }

  @Test
  void logsItsStartAsItsFirstActAndItsEndAsItsLast() {
    AtomicReference<RunId> run = new AtomicReference<>();
    int exitCode =
        startup(SUPERVISOR)
            .run(
                context -> {
                  run.set(context.runId());
                  context.events().append(new UserEvent("index.rebuilt", Map.of("rows", 3)));
                  return 0;
                });

    assertThat(exitCode).isZero();
    List<Event> events = events();
    assertThat(events)
        .extracting(Event::eventType)
        .containsExactly("process.started", "index.rebuilt", "process.stopped");
    assertThat(events).allSatisfy(event -> assertThat(event.runId()).isEqualTo(run.get()));
    assertThat(events.get(0).id().value()).isEqualTo(events.get(0).runId().value());
    assertThat(events.get(0).emitter().parentRunId()).isEmpty();
    assertThat(events.get(0).emitter().instanceId()).isEqualTo("supervisor-main");
    assertThat(events.get(0).emitter().role()).isEqualTo("supervisor");
    assertThat(payload(events.get(2))).contains("\"exit_code\":0", "\"reason\":\"completed\"");
  }

  @Test
  void saysWhatItKnowsAboutItself() {
    startup(SUPERVISOR).run(context -> 0);

    ProcessStarted started = Json.read(payload(events().get(0)), ProcessStarted.class);
    assertThat(started.version()).isEqualTo("dev");
    assertThat(started.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(started.host()).isNotBlank();
    assertThat(started.javaVersion()).isEqualTo(System.getProperty("java.version"));
    assertThat(started.startedAt())
        .isEqualTo(ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli());
  }

  @Test
  void takesParentAndNameFromTheEnvironment() {
    env.put("PARENT_RUN_ID", "4711");
    env.put("INSTANCE_ID", "W00042");
    startup(Executable.numberedWorker("worker")).run(context -> 0);

    Event started = events().get(0);
    assertThat(started.emitter().parentRunId()).contains(new RunId(4711));
    assertThat(started.emitter().instanceId()).isEqualTo("W00042");
  }

  @Test
  void numbersWorkersThatNobodyNamed() {
    startup(Executable.numberedWorker("worker")).run(context -> 0);
    startup(Executable.numberedWorker("worker")).run(context -> 0);

    assertThat(events())
        .extracting(event -> event.emitter().instanceId())
        .containsExactly("W00001", "W00001", "W00002", "W00002");
  }

  @Test
  void startsAsARootAndSaysSoWhenTheParentIsUnreadable() {
    env.put("PARENT_RUN_ID", "the supervisor");
    assertThat(startup(SUPERVISOR).run(context -> 0)).isZero();

    List<Event> events = events();
    assertThat(events.get(0).emitter().parentRunId()).isEmpty();
    assertThat(events.get(1).eventType()).isEqualTo("process.parent_ignored");
    assertThat(payload(events.get(1))).contains("the supervisor", "not a whole number");
  }

  @Test
  void tellsAllSettingsErrorsAtOnceAndExitsWith64() {
    env.put("RUNLOG_DURABILITY", "fast");
    env.put("RUNLOG_LIFELINE", "stdout");
    env.put("INSTANCE_ID", "../me");
    env.put("RUNLOG_WORKRES", "2");
    env.put("RUNLOG_WORKERS", "many");

    int exitCode =
        startup(SUPERVISOR)
            .runWith(
                settings -> {
                  settings.optional("RUNLOG_WORKERS", SettingParsers.integerBetween(0, 64));
                  return context -> 0;
                });

    assertThat(exitCode).isEqualTo(64);
    assertThat(errors().lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("runlog: "))
        .contains(
            "runlog: RUNLOG_DURABILITY: 'fast' is not a durability; use power or process",
            "runlog: RUNLOG_WORKERS: expected a whole number from 0 to 64, got 'many'",
            "runlog: RUNLOG_WORKRES is not a setting; did you mean RUNLOG_WORKERS?");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void exitsWith78AndOneLineWhenTheDatabaseCannotBeThere() {
    env.put("RUNLOG_DB", directory.toString());

    assertThat(startup(SUPERVISOR).run(context -> 0)).isEqualTo(78);
    assertThat(errors().lines())
        .singleElement()
        .asString()
        .startsWith("runlog: open database " + directory + ": it is a directory");
  }

  @Test
  void endsWithTheCodeAndOneLineOfACleanFailure() {
    int exitCode =
        startup(SUPERVISOR)
            .run(
                context -> {
                  throw new ProcessFailure(ExitCode.TRY_AGAIN, "the model\nis asleep");
                });

    assertThat(exitCode).isEqualTo(75);
    assertThat(errors()).isEqualTo("runlog: the model is asleep" + System.lineSeparator());
    assertThat(payload(last())).contains("\"exit_code\":75", "the model\\nis asleep");
    assertThat(last().eventType()).isEqualTo("process.failed");
  }

  @Test
  void reportsABugWithItsStackTrace() {
    int exitCode =
        startup(SUPERVISOR)
            .run(
                context -> {
                  throw new IllegalStateException("cannot be");
                });

    assertThat(exitCode).isEqualTo(70);
    assertThat(errors())
        .startsWith("runlog: bug: java.lang.IllegalStateException: cannot be")
        .contains("at " + ProcessStartupTest.class.getName());
    assertThat(last().eventType()).isEqualTo("process.failed");
    assertThat(payload(last())).contains("\"exit_code\":70", "cannot be");
  }

  @Test
  void reportsErrorsOfTheJvmToo() {
    int exitCode =
        startup(SUPERVISOR)
            .run(
                context -> {
                  throw new StackOverflowError();
                });

    assertThat(exitCode).isEqualTo(70);
    assertThat(payload(last())).contains("StackOverflowError");
  }

  @Test
  void endsWhenTheLifelineEnds() {
    env.put("RUNLOG_LIFELINE", "stdin");
    int exitCode =
        startup(SUPERVISOR)
            .run(context -> context.shutdown().await(Duration.ofSeconds(30)) ? 0 : 1);

    assertThat(exitCode).isZero();
    assertThat(payload(last())).contains("\"reason\":\"parent_gone\"");
  }

  @Test
  void doesNotReadStandardInputWithoutALifeline() {
    int exitCode = startup(SUPERVISOR).run(context -> context.shutdown().await(SHORT) ? 1 : 0);

    assertThat(exitCode).isZero();
    assertThat(payload(last())).contains("\"reason\":\"completed\"");
  }

  @Test
  void interruptsAMainThatExceedsItsGrace() {
    Grace impatient = new Grace(SHORT, SHORT, SHORT, Duration.ofSeconds(30));
    int exitCode =
        startup(SUPERVISOR.withGrace(impatient))
            .run(
                context -> {
                  context.shutdown().request("SIGTERM");
                  new CountDownLatch(1).await();
                  return 0;
                });

    assertThat(exitCode).isEqualTo(143);
    assertThat(errors()).isEmpty();
    assertThat(last().eventType()).isEqualTo("process.stopped");
    assertThat(payload(last()))
        .contains("\"reason\":\"SIGTERM, grace exceeded\"", "\"exit_code\":143");
  }

  @Test
  void endsAMainThatIgnoresTheInterruptAndLogsThatOnce() {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Executable impatient = SUPERVISOR.withGrace(new Grace(SHORT, SHORT, SHORT, SHORT));
    int exitCode =
        new ProcessStartup(impatient, surroundings().withLastResort(ended::complete))
            .run(
                context -> {
                  context.shutdown().request("SIGINT");
                  // join() waits on when the thread is interrupted.
                  return ended.join() - 130;
                });

    assertThat(ended).isCompletedWithValue(130);
    assertThat(exitCode).isEqualTo(130);
    assertThat(events())
        .extracting(Event::eventType)
        .containsExactly("process.started", "process.stopped");
    assertThat(payload(last())).contains("SIGINT, grace exceeded");
  }

  @Test
  void printsItsEventsWhenTheProgramWantsThat() {
    startup(SUPERVISOR.printingEvents()).run(context -> 0);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("run 1  supervisor-main  process.started"));
    out.reset();
    startup(SUPERVISOR).run(context -> 0);
    assertThat(out.size()).isZero();
  }

  @Test
  void keepsSecretsOfTheEnvironmentOutOfTheTable() {
    env.put("OPENAI_API_KEY", "key-of-somebody");
    startup(SUPERVISOR)
        .run(
            context -> {
              throw new ProcessFailure(1, "refused key-of-somebody");
            });

    assertThat(payload(last())).doesNotContain("key-of-somebody").contains("refused");
  }

  @Test
  void derivesTheTraceFromTheRootOfTheTree() {
    List<TraceContext> traces = new ArrayList<>();
    for (int generation = 0; generation < 3; generation++) {
      startup(SUPERVISOR)
          .run(
              context -> {
                traces.add(context.childEnvironment().trace());
                env.put("PARENT_RUN_ID", context.runId().toString());
                return 0;
              });
    }

    assertThat(traces).extracting(TraceContext::traceId).containsOnly(traces.get(0).traceId());
    assertThat(traces).extracting(TraceContext::spanId).doesNotHaveDuplicates();
  }

  private ProcessStartup startup(Executable executable) {
    return new ProcessStartup(executable, surroundings());
  }

  private Surroundings surroundings() {
    return Surroundings.embedded(env)
        .withOut(new PrintStream(out, true, StandardCharsets.UTF_8))
        .withErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Event last() {
    List<Event> events = events();
    return events.get(events.size() - 1);
  }

  private List<Event> events() {
    String location = directory.resolve("runlog.db").toString();
    try (Database database =
        Database.openReadOnly(new DatabaseSettings(location, Durability.POWER))) {
      return new EventQuery(database).after(0, 100);
    }
  }

  private static String payload(Event event) {
    return event.payload().orElseThrow();
  }
}
