package dev.runlog.llm.openai;

import java.time.Duration;

/**
 * How long one request waits. Connecting has a limit of its own, in the transport.
 *
 * @param firstByte from sending to the first byte of the answer's body
 * @param betweenBytes for each next byte
 * @param total for sending, waiting and reading together
 */
public record Patience(Duration firstByte, Duration betweenBytes, Duration total) {

  /** The same, with no more time in all than that. */
  public Patience atMost(Duration limit) {
    return new Patience(firstByte, betweenBytes, total.compareTo(limit) < 0 ? total : limit);
  }
}
