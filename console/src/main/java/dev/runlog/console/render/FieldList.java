package dev.runlog.console.render;

import java.util.ArrayList;
import java.util.List;

/** Names and values, one pair a line, the values below each other. Not thread-safe. */
public final class FieldList {

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  public FieldList add(String name, Object value) {
    names.add(name);
    values.add(SafeText.onOneLine(value.toString()));
    return this;
  }

  public List<String> lines() {
    int widest = names.stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String gap = " ".repeat(widest - names.get(i).length() + 2);
      lines.add((names.get(i) + gap + values.get(i)).stripTrailing());
    }
    return lines;
  }
}
