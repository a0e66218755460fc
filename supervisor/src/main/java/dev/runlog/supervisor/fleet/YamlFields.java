package dev.runlog.supervisor.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The fields of a mapping; what is wrong with one is a problem with its line, and reads as unset.
 */
final class YamlFields {

  private final Map<String, Node> fields = new LinkedHashMap<>();
  private final Problems problems;

  /**
   * @param known the names that it may have
   */
  YamlFields(MappingNode mapping, Set<String> known, Problems problems) {
    this.problems = problems;
    mapping.getValue().forEach(field -> take(field, known));
  }

  static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A scalar through a parser whose {@link IllegalArgumentException} says what is wrong. */
  <T> Optional<T> text(String name, Function<String, T> parser) {
    return node(name)
        .flatMap(node -> scalar(name, node))
        .flatMap(value -> parse(name, value, parser));
  }

  /** A list of scalars through a parser as for {@link #text}, empty when it is not set. */
  List<String> texts(String name, Function<String, String> parser) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(name)) {
      scalar(name, item).flatMap(value -> parse(name, value, parser)).ifPresent(texts::add);
    }
    return texts;
  }

  /** The items of a list, empty when it is not set. */
  List<Node> items(String name) {
    return node(name).map(node -> items(name, node)).orElse(List.of());
  }

  /**
   * A mapping of scalars, empty when it is not set.
   *
   * @param check throws an {@link IllegalArgumentException} that says what is wrong with an entry
   */
  Map<String, String> map(String name, BiConsumer<String, String> check) {
    Map<String, String> map = new LinkedHashMap<>();
    node(name).ifPresent(node -> readMap(name, node, check, map));
    return map;
  }

  private void take(NodeTuple field, Set<String> known) {
    int line = lineOf(field.getKeyNode());
    String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
    if (!known.contains(name)) {
      problems.add(
          line, "'" + name + "' is no field here; use " + String.join(", ", new TreeSet<>(known)));
    } else if (fields.put(name, field.getValueNode()) != null) {
      problems.add(line, name + " is there twice");
    }
  }

  private Optional<Node> node(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private Optional<ScalarNode> scalar(String name, Node node) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar);
    }
    problems.add(lineOf(node), name + " holds a list or fields where a plain value is expected");
    return Optional.empty();
  }

  private <T> Optional<T> parse(String name, ScalarNode node, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(node.getValue()));
    } catch (IllegalArgumentException e) {
      problems.add(lineOf(node), name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private List<Node> items(String name, Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(lineOf(node), name + " is no list; write [a, b] or lines that begin with -");
    return List.of();
  }

  private void readMap(
      String name, Node node, BiConsumer<String, String> check, Map<String, String> map) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(lineOf(node), name + " has no fields; write {NAME: value}");
      return;
    }
    for (NodeTuple field : mapping.getValue()) {
      Optional<ScalarNode> key = scalar(name, field.getKeyNode());
      Optional<ScalarNode> value = scalar(name, field.getValueNode());
      if (key.isPresent() && value.isPresent()) {
        parse(name, key.get(), text -> entry(text, value.get().getValue(), check))
            .ifPresent(entry -> map.put(entry.getKey(), entry.getValue()));
      }
    }
  }

  private static Map.Entry<String, String> entry(
      String key, String value, BiConsumer<String, String> check) {
    check.accept(key, value);
    return Map.entry(key, value);
  }
}
