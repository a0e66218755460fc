package dev.runlog.process;

import dev.runlog.events.instances.Instances;
import dev.runlog.process.settings.InstanceName;

/** How a process is named when nobody gave it an INSTANCE_ID. */
public sealed interface InstanceNaming {

  /**
   * Always the same name.
   *
   * @param name such as {@code supervisor-main}
   */
  record Fixed(String name) implements InstanceNaming {
    public Fixed {
      InstanceName.require(name);
    }
  }

  /** The next {@code W00001} that nobody had before. */
  record NextWorker() implements InstanceNaming {}

  /** The name for a process that starts now. */
  default String nameFrom(Instances instances) {
    if (this instanceof Fixed fixed) {
      return fixed.name();
    }
    return instances.nextWorker();
  }
}
