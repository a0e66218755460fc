package dev.runlog.supervisor.revision;

import dev.runlog.supervisor.slot.Launch;
import dev.runlog.supervisor.slot.Launcher;
import dev.runlog.supervisor.slot.Slot;
import dev.runlog.supervisor.slot.SlotSpec;
import java.util.List;
import java.util.Optional;

/** Says which build runs in which slot, and changes it. Belongs to the supervisor's thread. */
public interface Deployment extends Launcher, AutoCloseable {

  /**
   * Does what is due: to be called about twice a second, before slots are started.
   *
   * @return how many moves were made
   */
  int step(List<Slot> slots);

  /** Whether a build is still to be tried, which may run where the present one gave up. */
  boolean isAnyAwaited();

  /** Ends what it has started itself. */
  @Override
  void close();

  /** Always what the slots were made for. */
  static Deployment none() {
    return new Deployment() {
      @Override
      public Launch launchOf(SlotSpec spec) {
        return new Launch(spec.command(), Optional.empty());
      }

      @Override
      public int step(List<Slot> slots) {
        return 0;
      }

      @Override
      public boolean isAnyAwaited() {
        return false;
      }

      @Override
      public void close() {}
    };
  }
}
