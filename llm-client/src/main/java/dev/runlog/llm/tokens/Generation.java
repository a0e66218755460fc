package dev.runlog.llm.tokens;

/** How the server lays out a conversation for the model. */
enum Generation {
  /** gpt-3.5 to gpt-4.5. */
  CLASSIC,
  /** o1, o3 and o4. */
  O_SERIES,
  /** gpt-5 to gpt-5.3. */
  GPT_5,
  /** gpt-5.4 and later. */
  GPT_5_4;

  boolean isClassic() {
    return this == CLASSIC;
  }

  boolean isReasoning() {
    return this != CLASSIC;
  }
}
