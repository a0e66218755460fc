package dev.runlog.supervisor.control;

import dev.runlog.events.control.Command;
import dev.runlog.events.control.CommandQueue;
import dev.runlog.events.control.Verb;
import dev.runlog.events.instances.Instances;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.supervisor.slot.Slot;
import dev.runlog.supervisor.slot.SlotSpec;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Does what people ask of this supervisor: commands whose target is the supervisor itself, one of
 * its instances, or a role of them. Others are left to the supervisors that they are for. A command
 * is taken before it is carried out, so that it is never done twice. Belongs to the supervisor's
 * thread.
 */
public final class Obedience {

  private final CommandQueue commands;
  private final Emitter emitter;
  private final Shutdown shutdown;
  private final boolean isPart;
  private final List<Slot> slots;
  private final Crew crew;
  private final Function<SlotSpec, Slot> slotMaker;

  /**
   * @param isPart whether a supervisor above this one runs it, which stops and restarts it
   * @param slots the slots of the supervisor; new ones are added to it
   * @param slotMaker makes a slot for a new instance
   */
  public Obedience(
      RunContext context,
      boolean isPart,
      List<Slot> slots,
      Crew crew,
      Function<SlotSpec, Slot> slotMaker) {
    this.commands = new CommandQueue(context.database(), context.log(), InstantSource.system());
    this.emitter = context.emitter();
    this.shutdown = context.shutdown();
    this.isPart = isPart;
    this.slots = slots;
    this.crew = crew;
    this.slotMaker = slotMaker;
  }

  /** Does all that is asked; returns how much it was. */
  public int obeyAll() {
    int obeyed = 0;
    // Whoever asked before this supervisor started meant its predecessor.
    EventId start = new EventId(emitter.runId().value());
    for (Command command : commands.askedAfter(start)) {
      if (obey(command)) {
        obeyed++;
      }
    }
    return obeyed;
  }

  private boolean obey(Command command) {
    return !isForTheOneAbove(command) && carryOut(command);
  }

  /** Were both to take it, one that stops by itself would be started again by the one above. */
  private boolean isForTheOneAbove(Command command) {
    return isPart && isOwnName(command) && command.verb() != Verb.SCALE;
  }

  private boolean carryOut(Command command) {
    return switch (command.verb()) {
      case STOP -> isOwnName(command) ? stopSelf(command) : onSlot(command, Slot::stop);
      case RESTART ->
          isOwnName(command)
              ? commands.refuse(
                  emitter, command, "a supervisor does not restart itself; stop and start it")
              : onSlot(command, Slot::restart);
      case SCALE -> scale(command);
    };
  }

  private boolean isOwnName(Command command) {
    return command.target().equals(emitter.instanceId());
  }

  private boolean stopSelf(Command command) {
    boolean taken = commands.obey(emitter, command, "stopping with all its children");
    if (taken) {
      shutdown.request("stop asked for by run " + command.askedBy());
    }
    return taken;
  }

  private interface OnSlot {
    void apply(Slot slot);
  }

  private boolean onSlot(Command command, OnSlot change) {
    Optional<Slot> slot = slotNamed(command.target());
    boolean taken =
        slot.isPresent()
            && commands.obey(
                emitter, command, command.verb().wireName() + " begun from " + slot.get().state());
    if (taken) {
      change.apply(slot.get());
    }
    return taken;
  }

  /** A supervisor that is scaled by its own name has more or fewer workers. */
  private boolean scale(Command command) {
    String role = isOwnName(command) ? Instances.WORKER_ROLE : command.target();
    if (slots.stream().noneMatch(slot -> slot.role().equals(role))) {
      return false;
    }
    List<SlotSpec> wanted;
    try {
      wanted = crew.of(role, command.argument().orElse(0));
    } catch (IllegalArgumentException e) {
      return commands.refuse(emitter, command, String.valueOf(e.getMessage()));
    }
    boolean taken = commands.obey(emitter, command, "now " + wanted.size() + " slot(s)");
    if (taken) {
      fill(role, wanted);
    }
    return taken;
  }

  private void fill(String role, List<SlotSpec> wanted) {
    Set<String> names = new HashSet<>();
    for (SlotSpec spec : wanted) {
      names.add(spec.instanceId());
      slotNamed(spec.instanceId())
          .ifPresentOrElse(Slot::startAgain, () -> slots.add(slotMaker.apply(spec)));
    }
    slots.stream()
        .filter(slot -> slot.role().equals(role) && !names.contains(slot.instanceId()))
        .forEach(Slot::stop);
  }

  private Optional<Slot> slotNamed(String name) {
    return slots.stream().filter(slot -> slot.instanceId().equals(name)).findFirst();
  }
}
