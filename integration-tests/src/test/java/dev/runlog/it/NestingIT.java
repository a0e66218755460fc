package dev.runlog.it;

import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Pid;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.Requirement;
import dev.runlog.it.kit.RunningProcess;
import dev.runlog.process.propagation.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class NestingIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void threeProcessesDeepFindTheirParentsByEnvironmentAlone() throws Exception {
    RunningProcess orchestrator = startOrchestrator(Map.of());
    Events events = fleet.events();
    awaitStartOf("worker");
    orchestrator.terminate();
    assertThat(orchestrator.awaitEnd().exitCode()).isEqualTo(143);

    List<Run> runs = events.runs();
    assertThat(runs)
        .extracting(run -> run.emitter().role())
        .containsExactly("orchestrator", "supervisor", "worker");
    assertThat(runs).extracting(Run::state).containsOnly(RunState.STOPPED);
    assertThat(runs.get(0).emitter().parentRunId()).isEmpty();
    assertThat(runs.get(1).emitter().parentRunId()).contains(runs.get(0).id());
    assertThat(runs.get(2).emitter().parentRunId()).contains(runs.get(1).id());
  }

  @Test
  void theTraceOfTheOutsideWorldReachesEveryProcess() throws Exception {
    Requirement.orSkip(
        Pid.canTellEnvironment(), "this system does not tell the environment of other processes");
    startOrchestrator(Map.of("TRACEPARENT", TRACEPARENT));
    TraceContext supervisor = traceOf(awaitStartOf("supervisor"));
    TraceContext worker = traceOf(awaitStartOf("worker"));

    assertThat(List.of(supervisor, worker)).extracting(TraceContext::traceId).containsOnly(TRACE);
    assertThat(List.of(supervisor.spanId(), worker.spanId(), "00f067aa0ba902b7"))
        .as("each process is given its parent's span")
        .doesNotHaveDuplicates();
  }

  private Event awaitStartOf(String role) throws InterruptedException {
    return fleet.events().await(PROCESS_STARTED, event -> event.emitter().role().equals(role));
  }

  private static TraceContext traceOf(Event start) {
    String traceparent = Pid.of(start).environment().getOrDefault("TRACEPARENT", "");
    return TraceContext.parse(traceparent).orElseThrow();
  }

  private RunningProcess startOrchestrator(Map<String, String> env) {
    List<String> command = new ArrayList<>(Program.javaCommand());
    command.add("-Dbasedir=" + System.getProperty("basedir", ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(OrchestratorMain.class.getName());
    command.addAll(List.of("--workers", "1"));
    return fleet.start("orchestrator", command, env);
  }
}
