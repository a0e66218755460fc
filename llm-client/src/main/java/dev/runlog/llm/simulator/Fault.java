package dev.runlog.llm.simulator;

/** What a simulator does instead of answering. */
sealed interface Fault {

  /** It answers with an error. */
  record Status(int code) implements Fault {}

  /** It closes the connection in the middle of the answer. */
  record Cut() implements Fault {}

  /** It answers 200 with a page of HTML. */
  record Garbage() implements Fault {}
}
