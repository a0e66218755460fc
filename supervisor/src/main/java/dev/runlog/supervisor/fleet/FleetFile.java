package dev.runlog.supervisor.fleet;

import dev.runlog.process.settings.SettingsException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A fleet file that was read and is in order: YAML with {@code spares} and {@code children}, each
 * with a {@code role} and where wanted {@code instance}, {@code count}, {@code command}, {@code
 * env}, {@code restart}, {@code grace}, {@code run} and {@code children} of its own, which make it
 * a supervisor.
 *
 * @param path the file
 * @param spares how many workers each of its supervisors starts ahead, empty when it does not say
 * @param children what the outermost supervisor runs
 */
public record FleetFile(Path path, Optional<Integer> spares, List<Member> children) {

  public FleetFile {
    children = List.copyOf(children);
  }

  /**
   * Reads a file.
   *
   * @throws SettingsException with every problem, each with its line
   */
  public static FleetFile read(Path path) {
    Problems problems = new Problems(path);
    FleetReader.Content content =
        compose(path, problems)
            .map(root -> FleetReader.read(root, problems))
            .orElse(FleetReader.Content.NONE);
    List<Member> children = content.children();
    new FleetRules(problems).check(children);
    if (children.isEmpty() && problems.areNone()) {
      problems.add(1, "there are no children");
    }
    problems.throwIfAny();
    return new FleetFile(path, content.spares(), children);
  }

  /**
   * What a supervisor of this file runs.
   *
   * @param supervisor name of a member with children, empty for the outermost one
   * @throws SettingsException when the file has no such supervisor
   */
  public List<Member> childrenOf(Optional<String> supervisor) {
    return supervisor.map(this::childrenOf).orElse(children);
  }

  /** How many processes the file describes, supervisors included. */
  public int processes() {
    return all(children).stream().mapToInt(Member::count).sum();
  }

  private List<Member> childrenOf(String supervisor) {
    return all(children).stream()
        .filter(Member::isSupervisor)
        .filter(member -> member.names().contains(supervisor))
        .findFirst()
        .map(Member::children)
        .orElseThrow(
            () -> new SettingsException(path + ": there is no supervisor named " + supervisor));
  }

  private static List<Member> all(List<Member> members) {
    List<Member> all = new ArrayList<>(members);
    members.forEach(member -> all.addAll(all(member.children())));
    return all;
  }

  private static Optional<Node> compose(Path path, Problems problems) {
    try (Reader text = Files.newBufferedReader(path)) {
      Node root = new Yaml(new LoaderOptions()).compose(text);
      if (root == null) {
        problems.add(1, "the file is empty; it needs children");
      }
      return Optional.ofNullable(root);
    } catch (MarkedYAMLException e) {
      problems.add(e.getProblemMark().getLine() + 1, "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add(1, "not YAML: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new SettingsException("--fleet: there is no file " + path);
    } catch (IOException e) {
      throw new SettingsException("--fleet: " + path + " cannot be read: " + e);
    }
    return Optional.empty();
  }
}
