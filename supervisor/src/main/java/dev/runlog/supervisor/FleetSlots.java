package dev.runlog.supervisor;

import dev.runlog.process.child.JavaCommand;
import dev.runlog.process.child.SmallJvm;
import dev.runlog.supervisor.fleet.FleetFile;
import dev.runlog.supervisor.fleet.Member;
import dev.runlog.supervisor.fleet.RunMode;
import dev.runlog.supervisor.slot.SlotSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Turns the members of a fleet file into the slots of one supervisor. */
final class FleetSlots {

  /** Longer than the children of a supervisor have themselves. */
  private static final Duration GRACE_OF_A_SUPERVISOR = Duration.ofSeconds(43);

  /** What a wrapper has to kill its program when the grace of that is over, and to say so. */
  private static final Duration TIME_OF_A_WRAPPER = Duration.ofSeconds(3);

  private final Fleet fleet;
  private final FleetFile file;

  FleetSlots(Fleet fleet, FleetFile file) {
    this.fleet = fleet;
    this.file = file;
  }

  /**
   * The slots, in the order of the file.
   *
   * @param supervisor name of the supervisor in the file, empty for the outermost one
   */
  List<SlotSpec> of(Optional<String> supervisor) {
    List<Member> members = file.childrenOf(supervisor);
    int unnamed =
        members.stream().filter(FleetSlots::isUnnamedWorker).mapToInt(Member::count).sum();
    Iterator<String> workerNames = fleet.workerNames(unnamed).iterator();
    List<SlotSpec> slots = new ArrayList<>();
    for (Member member : members) {
      for (String name : namesOf(member, workerNames)) {
        slots.add(slot(member, name));
      }
    }
    return slots;
  }

  private static boolean isUnnamedWorker(Member member) {
    return member.names().isEmpty();
  }

  private static List<String> namesOf(Member member, Iterator<String> workerNames) {
    if (!isUnnamedWorker(member)) {
      return member.names();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < member.count(); i++) {
      names.add(workerNames.next());
    }
    return names;
  }

  private SlotSpec slot(Member member, String name) {
    SlotSpec usual = fleet.slot(name, member.role(), commandOf(member, name), member.env());
    SlotSpec slot = usual.withRestart(member.restart()).withGrace(graceOf(member));
    if (member.isBuiltInWorker()) {
      return slot.withRevisions();
    }
    boolean isNoRun = !member.command().isEmpty() && member.run() == RunMode.NONE;
    return isNoRun ? slot.withBootTimeout(Optional.empty()) : slot;
  }

  private static Duration graceOf(Member member) {
    Duration usual = member.isSupervisor() ? GRACE_OF_A_SUPERVISOR : SlotSpec.USUAL_GRACE;
    Duration wrappers = isWrapped(member) ? TIME_OF_A_WRAPPER : Duration.ZERO;
    return member.grace().map(wrappers::plus).orElse(usual);
  }

  private static boolean isWrapped(Member member) {
    return !member.command().isEmpty() && member.run() == RunMode.WRAPPED;
  }

  private List<String> commandOf(Member member, String name) {
    if (member.isSupervisor()) {
      return JavaCommand.ofSameJava(fleet.supervisorJar())
          .withJvmArgs(SmallJvm.ARGS)
          .withArgs("--fleet", file.path().toString(), "--part", name)
          .toList();
    }
    if (member.isBuiltInWorker()) {
      return fleet.workerCommand();
    }
    return isWrapped(member) ? wrapped(member) : member.command();
  }

  private List<String> wrapped(Member member) {
    List<String> command =
        new ArrayList<>(
            JavaCommand.ofSameJava(fleet.consoleJar())
                .withJvmArgs("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .withArgs("exec", "--role", member.role())
                .toList());
    member.grace().ifPresent(grace -> command.addAll(List.of("--grace", grace.toMillis() + "ms")));
    command.add("--");
    command.addAll(member.command());
    return command;
  }
}
