package dev.runlog.supervisor.control;

import dev.runlog.supervisor.slot.SlotSpec;
import java.util.List;

/** Says which slots there would be with so many of a role. */
@FunctionalInterface
public interface Crew {

  /**
   * The slots of so many.
   *
   * @throws IllegalArgumentException when this cannot be; the message says why
   */
  List<SlotSpec> of(String role, int count);

  /** A crew that cannot be changed while it works. */
  static Crew fixed(String why) {
    return (role, count) -> {
      throw new IllegalArgumentException(why);
    };
  }
}
