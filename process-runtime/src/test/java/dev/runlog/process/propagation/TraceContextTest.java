package dev.runlog.process.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void readsAndWritesATraceparent() {
    String traceparent = "00-" + TRACE + "-" + SPAN + "-01";

    assertThat(TraceContext.parse(traceparent)).contains(new TraceContext(TRACE, SPAN, 1));
    assertThat(new TraceContext(TRACE, SPAN, 1).traceparent()).isEqualTo(traceparent);
  }

  @Test
  void readsALaterVersionAsFarAsItIsKnown() {
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-what-the-future-holds"))
        .contains(new TraceContext(TRACE, SPAN, 1));
  }

  @Test
  void dropsFlagsThatAreNotDefined() {
    assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-ff"))
        .contains(new TraceContext(TRACE, SPAN, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "cc-" + TRACE + "-" + SPAN + "-01more",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-1",
        "00-" + TRACE + "-" + SPAN + "-0x"
      })
  void refusesWhatTheSpecificationCallsInvalid(String traceparent) {
    assertThat(TraceContext.parse(traceparent)).isEmpty();
  }

  @Test
  void derivesTheSameIdsOfTheSameRun() {
    TraceContext root = TraceContext.ofRoot("/data/runlog.db", new RunId(1));

    assertThat(root).isEqualTo(TraceContext.ofRoot("/data/runlog.db", new RunId(1)));
    assertThat(TraceContext.parse(root.traceparent())).contains(root);
    assertThat(root.traceId())
        .isNotEqualTo(TraceContext.ofRoot("/data/runlog.db", new RunId(2)).traceId())
        .isNotEqualTo(TraceContext.ofRoot("/other/runlog.db", new RunId(1)).traceId());
  }

  @Test
  void givesEachRunASpanOfItsOwnInTheSameTrace() {
    TraceContext root = TraceContext.ofRoot("/data/runlog.db", new RunId(1));
    TraceContext child = root.at("/data/runlog.db", new RunId(2));

    assertThat(child.traceId()).isEqualTo(root.traceId());
    assertThat(child.spanId()).isNotEqualTo(root.spanId());
    assertThat(root.at("/data/runlog.db", new RunId(1))).isEqualTo(root);
  }
}
