package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TailFollowTest extends ConsoleTest {

  @Test
  void printsEventsAsTheyComeAndEndsWhenNobodyReadsAnyMore() throws Exception {
    PipedInputStream pipe = new PipedInputStream();
    BufferedReader lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
    CompletableFuture<Integer> tail = follow(new PipedOutputStream(pipe));

    assertThat(lines.readLine()).contains("W00002  process.started");
    fleet.log(fleet.first, "index.rebuilt", Map.of("documents", 1));
    assertThat(lines.readLine()).contains("index.rebuilt");

    pipe.close();
    fleet.log(fleet.first, "index.rebuilt", Map.of("documents", 2));
    assertThat(tail.get(20, TimeUnit.SECONDS)).isZero();
  }

  private CompletableFuture<Integer> follow(PipedOutputStream out) throws IOException {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return CompletableFuture.supplyAsync(
        () ->
            Commands.run(console.terminal(stream, System.err), "tail", "--follow", "--last", "1"));
  }
}
