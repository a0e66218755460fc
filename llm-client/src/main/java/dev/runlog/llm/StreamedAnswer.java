package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts an answer together from the events of its stream. Not thread-safe. */
interface StreamedAnswer {

  /** Takes the next event and says what it adds. */
  StreamDelta add(ObjectNode event);

  /** Whether the events so far say that the answer has come to its end. */
  boolean isComplete();

  /** Whether anything of the answer itself has arrived. */
  boolean hasOutput();

  /** The answer in the form that it would have without streaming. */
  ObjectNode json();
}
