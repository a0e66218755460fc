package dev.runlog.supervisor.fleet;

import dev.runlog.events.instances.Instances;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold for the members of a file together, and for the fields of one together. */
final class FleetRules {

  private final Problems problems;
  private final Map<String, Integer> lineByName = new HashMap<>();

  FleetRules(Problems problems) {
    this.problems = problems;
  }

  void check(List<Member> members) {
    checkMembers(members);
    lineOfUnnamed(members).ifPresent(this::checkNumberedNames);
  }

  private void checkMembers(List<Member> members) {
    for (Member member : members) {
      checkFields(member);
      member.names().forEach(name -> checkName(name, member.line()));
      checkMembers(member.children());
    }
  }

  private void checkFields(Member member) {
    if (member.isSupervisor() && !member.command().isEmpty()) {
      problems.add(
          member.line(), "a child has both command and children; with children it is a supervisor");
    }
    if (member.isSupervisor() && member.count() > 1) {
      problems.add(
          member.line(), "a supervisor with children has count " + member.count() + "; write each");
    }
    if (member.isBuiltInWorker()
        && !member.role().isEmpty()
        && !member.role().equals(Instances.WORKER_ROLE)) {
      problems.add(
          member.line(),
          "the role " + member.role() + " has no command; only the role worker comes with one");
    }
    if (!member.command().isEmpty() && member.command().get(0).isBlank()) {
      problems.add(member.line(), "the command is blank");
    }
  }

  private void checkName(String name, int line) {
    Integer other = lineByName.putIfAbsent(name, line);
    if (other != null) {
      problems.add(
          line, "the name " + name + " is taken by line " + other + "; give another instance");
    }
  }

  private static Optional<Integer> lineOfUnnamed(List<Member> members) {
    return members.stream()
        .flatMap(
            member ->
                member.names().isEmpty()
                    ? Stream.of(member.line())
                    : lineOfUnnamed(member.children()).stream())
        .findFirst();
  }

  /** The name that such a worker gets is known only when the fleet runs. */
  private void checkNumberedNames(int lineOfUnnamed) {
    lineByName.forEach(
        (name, line) -> {
          if (Instances.isNumbered(name)) {
            problems.add(
                line,
                "the name "
                    + name
                    + " may be given to the worker of line "
                    + lineOfUnnamed
                    + ", which has no instance; give another one");
          }
        });
  }
}
