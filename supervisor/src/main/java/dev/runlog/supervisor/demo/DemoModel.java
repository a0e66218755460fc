package dev.runlog.supervisor.demo;

import dev.runlog.process.child.JavaCommand;
import dev.runlog.supervisor.Fleet;
import dev.runlog.supervisor.slot.SlotSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who answers the prompts of the demo: the server that the environment names, or the simulator when
 * it names none.
 *
 * @param simulator the slot that runs the simulator, empty when a real server answers
 * @param workerEnv what the workers need to reach it
 * @param description for people
 */
record DemoModel(Optional<SlotSpec> simulator, Map<String, String> workerEnv, String description) {

  static final String INSTANCE = "simulator";

  private static final String MAIN_CLASS = "dev.runlog.worker.SimulatorMain";

  /** Long enough that a worker can be killed in the middle of a call, short enough for a demo. */
  private static final String LATENCY_MILLIS = "300-900";

  static DemoModel of(Map<String, String> env, Fleet fleet) {
    if (isSet(env, "OPENAI_API_KEY") || isSet(env, "OPENAI_BASE_URL")) {
      String where =
          isSet(env, "OPENAI_BASE_URL")
              ? env.getOrDefault("OPENAI_BASE_URL", "")
              : "api.openai.com";
      return new DemoModel(
          Optional.empty(), Map.of(), "Answers come from " + where + ", which bills them.");
    }
    int port = freePort();
    String baseUrl = "http://127.0.0.1:" + port + "/v1";
    return new DemoModel(
        Optional.of(simulatorSlot(fleet, port)),
        Map.of("OPENAI_BASE_URL", baseUrl),
        "Neither OPENAI_API_KEY nor OPENAI_BASE_URL is set, so a simulator answers at "
            + baseUrl
            + ":\nno model, made-up answers, but the real wire format and true token counts.");
  }

  /** What the costs are that the table tells. */
  String costHeading() {
    return simulator.isPresent()
        ? "What it would have cost, had the model answered that the simulator stood in for"
        : "What it cost";
  }

  private static SlotSpec simulatorSlot(Fleet fleet, int port) {
    Path jar = fleet.workerJar();
    List<String> command =
        List.of(
            JavaCommand.ofSameJava(jar).java().toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            jar.toString(),
            MAIN_CLASS,
            "--port",
            Integer.toString(port),
            "--latency",
            LATENCY_MILLIS);
    return new SlotSpec(INSTANCE, INSTANCE, command, Map.of(), fleet.logFile(INSTANCE));
  }

  /** The simulator keeps its port when it is started again, so the port is chosen here. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("find a free port for the simulator", e);
    }
  }

  private static boolean isSet(Map<String, String> env, String name) {
    return !env.getOrDefault(name, "").isBlank();
  }
}
