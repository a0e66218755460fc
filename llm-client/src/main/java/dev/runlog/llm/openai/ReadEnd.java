package dev.runlog.llm.openai;

import java.io.IOException;

/** How somebody's reading of an answer ended. */
public sealed interface ReadEnd {

  /** All of it was read. */
  record Complete() implements ReadEnd {}

  /** The reader closed it before its end. */
  record Closed() implements ReadEnd {}

  /** The connection failed, also where that was because the reader cancelled the call. */
  record BrokeOff(IOException failure) implements ReadEnd {}
}
