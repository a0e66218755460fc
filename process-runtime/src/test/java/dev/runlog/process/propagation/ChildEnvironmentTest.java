package dev.runlog.process.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.RunId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {

  private static final DatabaseSettings DATABASE =
      new DatabaseSettings("some.db", Durability.PROCESS);

  @Test
  void handsOnEverythingThatAChildNeeds() {
    Map<String, String> env = new HashMap<>(Map.of("OTHER", "stays", "PARENT_RUN_ID", "1"));

    environment(Map.of()).injectInto(env, "W00001");

    assertThat(env)
        .containsEntry("OTHER", "stays")
        .containsEntry("PARENT_RUN_ID", "7")
        .containsEntry("INSTANCE_ID", "W00001")
        .containsEntry("RUNLOG_DB", Path.of("some.db").toAbsolutePath().toString())
        .containsEntry("RUNLOG_DURABILITY", "process")
        .containsEntry("RUNLOG_LIFELINE", "stdin")
        .containsKey("TRACEPARENT");
  }

  @Test
  void continuesAValidTraceWithASpanOfItsOwn() {
    String incoming = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    TraceContext trace = environment(Map.of("TRACEPARENT", incoming)).trace();

    assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(trace.spanId()).isNotEqualTo("b7ad6b7169203331");
    assertThat(trace.flags()).isZero();
  }

  @Test
  void derivesATraceOfTheRootWhenThereIsNoneOrAnInvalidOne() {
    String location = DATABASE.absoluteLocation();
    TraceContext expected = TraceContext.ofRoot(location, new RunId(3)).at(location, new RunId(7));

    assertThat(environment(Map.of()).trace()).isEqualTo(expected);
    assertThat(environment(Map.of("TRACEPARENT", "00-0-0-0")).trace()).isEqualTo(expected);
  }

  private static ChildEnvironment environment(Map<String, String> env) {
    return ChildEnvironment.of(env, new RunId(7), () -> new RunId(3), DATABASE);
  }
}
