package dev.runlog.worker;

import dev.runlog.events.files.ScratchDirectory;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.llm.LlmClient;
import dev.runlog.llm.LlmSettings;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.worker.chat.ChatHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does once all that a worker does, on a database and with a model of its own, so that a JVM can
 * keep what it loaded on the way.
 */
final class Rehearsal {

  private static final String REHEARSED = "rehearsed";

  private Rehearsal() {}

  /**
   * Rehearses.
   *
   * @param lifeline whose end ends it; empty where standard input has another meaning, as for a
   *     spare, which is told its role there
   * @return the exit code; that of a signal when one came meanwhile
   */
  static int run(Optional<InputStream> lifeline) throws IOException {
    try (ScratchDirectory directory = ScratchDirectory.of("rehearsal");
        Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT.withPort(0))) {
      Map<String, String> env = new HashMap<>();
      env.put(KnownSettings.DB, directory.path().resolve("rehearsal.db").toString());
      env.put(KnownSettings.DURABILITY, "process");
      env.put("OPENAI_BASE_URL", simulator.baseUrl());
      lifeline.ifPresent(line -> env.put(KnownSettings.LIFELINE, ChildEnvironment.LIFELINE_STDIN));
      // Its events are nobody's business.
      Surroundings apart =
          Surroundings.ofThisProcess(env)
              .withIn(lifeline.orElseGet(InputStream::nullInputStream))
              .withOut(
                  new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
      return WorkerMain.run(apart, Rehearsal::rehearse);
    }
  }

  private static int rehearse(RunContext context, LlmSettings llm) throws InterruptedException {
    new TaskQueue(context.database(), context.log(), InstantSource.system())
        .submit(context.emitter(), List.of(TaskSpec.prompt("What is a write-ahead log?")));
    try (LlmClient client = new LlmClient(llm, context.events())) {
      TaskHandler chat = new ChatHandler(client);
      TaskHandler lastChat =
          task -> {
            context.shutdown().request(REHEARSED);
            return chat.handle(task);
          };
      return new Worker(context, Map.of(TaskSpec.CHAT, lastChat)).work();
    }
  }
}
