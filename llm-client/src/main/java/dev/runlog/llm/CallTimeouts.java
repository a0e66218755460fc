package dev.runlog.llm;

import java.time.Duration;

/**
 * How long a call waits, and for what.
 *
 * @param connect for one connection
 * @param firstByte from sending a request to the first byte of its answer; answers that are not
 *     streamed begin only when the model has ended
 * @param betweenBytes for each next byte of an answer
 * @param total for one call, its retries included
 */
public record CallTimeouts(
    Duration connect, Duration firstByte, Duration betweenBytes, Duration total) {

  /** Those of OpenAI's own clients, and five minutes of silence within an answer. */
  public static final CallTimeouts DEFAULT =
      new CallTimeouts(
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10));

  public CallTimeouts withConnect(Duration timeout) {
    return new CallTimeouts(timeout, firstByte, betweenBytes, total);
  }

  public CallTimeouts withFirstByte(Duration timeout) {
    return new CallTimeouts(connect, timeout, betweenBytes, total);
  }

  public CallTimeouts withBetweenBytes(Duration timeout) {
    return new CallTimeouts(connect, firstByte, timeout, total);
  }

  public CallTimeouts withTotal(Duration timeout) {
    return new CallTimeouts(connect, firstByte, betweenBytes, timeout);
  }
}
