package dev.runlog.supervisor.fleet;

import dev.runlog.process.child.ProcessText;
import dev.runlog.process.settings.InstanceName;
import dev.runlog.process.settings.SettingParsers;
import dev.runlog.supervisor.restart.RestartRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Turns the nodes of a fleet file into members, and tells of those that cannot be. */
final class FleetReader {

  private static final Set<String> OF_FILE = Set.of("spares", "children");
  private static final Set<String> OF_MEMBER =
      Set.of("role", "instance", "count", "command", "env", "restart", "grace", "run", "children");
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  /** Each is a process of its own; more is a slip of the finger. */
  private static final int MOST = 256;

  private static final int MOST_SPARES = 16;

  /** An alias of YAML can make a tree that is its own branch. */
  private static final int DEEPEST = 10;

  private final Problems problems;

  private FleetReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * What a file says.
   *
   * @param spares how many workers are started ahead, empty when it does not say
   */
  record Content(Optional<Integer> spares, List<Member> children) {
    static final Content NONE = new Content(Optional.empty(), List.of());
  }

  static Content read(Node root, Problems problems) {
    if (root instanceof MappingNode mapping) {
      YamlFields fields = new YamlFields(mapping, OF_FILE, problems);
      return new Content(
          fields.text("spares", SettingParsers.integerBetween(0, MOST_SPARES)),
          new FleetReader(problems).members(fields.items("children"), 1));
    }
    problems.add(YamlFields.lineOf(root), "the file has no fields; it needs children");
    return Content.NONE;
  }

  private List<Member> members(List<Node> nodes, int depth) {
    List<Member> members = new ArrayList<>();
    for (Node node : nodes) {
      if (depth > DEEPEST) {
        problems.add(YamlFields.lineOf(node), "children are nested more than " + DEEPEST + " deep");
      } else if (node instanceof MappingNode mapping) {
        members.add(member(mapping, depth));
      } else {
        problems.add(YamlFields.lineOf(node), "a child is no plain value; give it a role");
      }
    }
    return members;
  }

  private Member member(MappingNode node, int depth) {
    int line = YamlFields.lineOf(node);
    YamlFields fields = new YamlFields(node, OF_MEMBER, problems);
    if (!fields.has("role")) {
      problems.add(line, "a child has no role");
    }
    String role = fields.text("role", FleetReader::role).orElse("");
    return new Member(
        line,
        role,
        fields.text("instance", InstanceName::require),
        fields.text("count", SettingParsers.integerBetween(1, MOST)).orElse(1),
        fields.texts("command", ProcessText::requireArgument),
        fields.map("env", ProcessText::requireVariable),
        fields.text("restart", RestartRule::ofWireName).orElse(RestartRule.ALWAYS),
        fields.text("grace", SettingParsers.time()),
        fields.text("run", RunMode::ofWireName).orElse(RunMode.WRAPPED),
        members(fields.items("children"), depth + 1));
  }

  private static String role(String text) {
    if (ROLE.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no role; use lower-case letters, digits and _ - such as importer");
  }
}
