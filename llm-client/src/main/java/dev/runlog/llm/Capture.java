package dev.runlog.llm;

/** How much of the contents of calls is kept in their events. */
public enum Capture {
  /** Sizes and hashes of messages, no texts. */
  NONE,
  /** Request and answer, with keys and the user's patterns taken out. */
  REDACTED,
  /** Request and answer as they are; keys are taken out all the same. */
  FULL
}
