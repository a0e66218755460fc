package dev.runlog.process.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifelineTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Shutdown shutdown = new Shutdown();

  @Test
  void asksForTheEndWhenTheStreamEnds() throws Exception {
    PipedOutputStream parentsEnd = new PipedOutputStream();
    Lifeline.watch(new PipedInputStream(parentsEnd), shutdown);
    parentsEnd.write(new byte[] {1, 2, 3});
    parentsEnd.flush();
    assertThat(shutdown.isRequested()).isFalse();

    parentsEnd.close();

    assertThat(shutdown.await(DEADLINE)).isTrue();
    assertThat(shutdown.reason()).contains("parent_gone");
  }

  @Test
  void takesAnUnreadableStreamForAnEndedOne() throws Exception {
    Lifeline.watch(new PipedInputStream(), shutdown);

    assertThat(shutdown.await(DEADLINE)).isTrue();
  }
}
