package dev.runlog.llm.tokens;

import com.knuddels.jtokkit.api.EncodingType;

/** The encodings that chat models use. */
enum EncodingName {
  /** gpt-3.5 and gpt-4. */
  CL100K_BASE(EncodingType.CL100K_BASE),
  /** gpt-4o and all that came later. */
  O200K_BASE(EncodingType.O200K_BASE);

  private final EncodingType type;

  EncodingName(EncodingType type) {
    this.type = type;
  }

  EncodingType type() {
    return type;
  }
}
