package dev.runlog.llm.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one request asks the simulator to do, in the header {@code X-Simulate} or in its {@code
 * metadata.simulate}, comma-separated: {@code latency=MILLIS} or {@code latency=MIN-MAX}, one of
 * {@code status=CODE}, {@code cut} and {@code garbage}, {@code times=N} for a fault that ends after
 * N requests, {@code key=NAME} for requests that count together, {@code retry_after=SECONDS}.
 *
 * @param latency instead of the simulator's own
 * @param fault instead of an answer
 * @param times how many requests of the same key fail; all when absent
 * @param key requests that count together; those of the same content when absent
 * @param retryAfter value of that header beside an error
 */
record Directive(
    Optional<Latency> latency,
    Optional<Fault> fault,
    OptionalInt times,
    Optional<String> key,
    Optional<String> retryAfter) {

  static final Directive NONE =
      new Directive(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * @throws IllegalArgumentException naming the part that cannot be read
   */
  static Directive parse(String text) {
    Directive directive = NONE;
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        directive = directive.with(part.strip());
      }
    }
    return directive;
  }

  private Directive with(String part) {
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals).strip();
    String value = equals < 0 ? "" : part.substring(equals + 1).strip();
    return switch (name) {
      case "latency" -> withLatency(latency(value, part));
      case "status" -> withFault(new Fault.Status(status(value, part)));
      case "cut" -> withFault(new Fault.Cut());
      case "garbage" -> withFault(new Fault.Garbage());
      case "times" ->
          new Directive(latency, fault, OptionalInt.of(number(value, part)), key, retryAfter);
      case "key" -> new Directive(latency, fault, times, Optional.of(value), retryAfter);
      case "retry_after" -> new Directive(latency, fault, times, key, Optional.of(value));
      default ->
          throw new IllegalArgumentException(
              "simulate: unknown "
                  + part
                  + "; use latency, status, cut, garbage, times, key or retry_after");
    };
  }

  private Directive withLatency(Latency other) {
    return new Directive(Optional.of(other), fault, times, key, retryAfter);
  }

  private Directive withFault(Fault other) {
    return new Directive(latency, Optional.of(other), times, key, retryAfter);
  }

  private static Latency latency(String value, String part) {
    int dash = value.indexOf('-');
    int min = number(dash < 0 ? value : value.substring(0, dash), part);
    int max = dash < 0 ? min : number(value.substring(dash + 1), part);
    return new Latency(Duration.ofMillis(min), Duration.ofMillis(max));
  }

  private static int status(String value, String part) {
    int status = number(value, part);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("simulate: " + part + " is no error status, 400 to 599");
    }
    return status;
  }

  private static int number(String value, String part) {
    try {
      return Integer.parseUnsignedInt(value.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("simulate: no number in " + part, e);
    }
  }
}
