package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.EventId;
import org.junit.jupiter.api.Test;

class ContextCommandTest extends ConsoleTest {

  @Test
  void showsWhatFilledAContext() {
    EventId call = fleet.call(fleet.first, 1000, 998, 1);

    assertThat(run("context", call.toString()).out())
        .isEqualTo(
            """
            call 4 of run 2 to gpt-5-mini
            1,000 tokens in 2 messages, 25.0 % of a window of 4,000
            the count is exact

            PART              TOKENS   SHARE
            system               700  70.0 %  █████████████████████
            user                 200  20.0 %  ██████
            tool definitions      90   9.0 %  ██▊
              find_order          80   8.0 %  ██▍
            framing               10   1.0 %  ▎
            total              1,000
            """);
    assertThat(run("context", "5")).isEqualTo(run("context", "4"));
  }

  @Test
  void saysWhyAContextWasNotCounted() {
    fleet.failCall(fleet.first);

    assertThat(run("context", "4").out())
        .endsWith("its context was not counted: tool schema is a list\n");
  }

  @Test
  void saysThatAnEventIsNoCall() {
    assertThat(run("context", "1").err())
        .isEqualTo(
            "runlog: event 1 is process.started, no call to a model; 'runlog tail --type"
                + " llm_call.started' shows the calls\n");
  }
}
