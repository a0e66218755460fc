package dev.runlog.process.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads typed settings from an environment and collects every problem instead of stopping at the
 * first: read all settings, then call {@link #check}. An empty or blank value counts as not set.
 * Not thread-safe.
 *
 * <p>A parser is a function that throws {@link IllegalArgumentException} with a message that says
 * what was expected; {@link SettingParsers} has the usual ones.
 */
public final class SettingsReader {

  private final Map<String, String> env;
  private final Set<String> known = new HashSet<>(KnownSettings.meanings().keySet());
  private final List<String> problems = new ArrayList<>();

  public SettingsReader(Map<String, String> env) {
    this.env = Map.copyOf(env);
  }

  /** The value, empty when it is not set or could not be parsed; the latter is a problem. */
  public <T> Optional<T> optional(String name, Function<String, T> parser) {
    known.add(name);
    return raw(name).flatMap(text -> parse(name, text, parser));
  }

  /**
   * The value, or the default when it is not set or could not be parsed; the latter is a problem.
   */
  public <T> T orDefault(String name, Function<String, T> parser, T defaultValue) {
    return optional(name, parser).orElse(defaultValue);
  }

  /**
   * A value that must be set. There may be none yet to hand out while other problems are collected,
   * so ask the supplier after {@link #check} has passed; before, it may throw.
   *
   * @param meaning what the setting is for, for the message when it is missing
   */
  public <T> Supplier<T> required(String name, String meaning, Function<String, T> parser) {
    if (raw(name).isEmpty()) {
      problem(name + " is not set; it is needed: " + meaning);
    }
    Optional<T> value = optional(name, parser);
    return () -> value.orElseThrow(() -> new SettingsException(problems));
  }

  /**
   * Adds a problem that the reader cannot see itself, such as two settings that exclude another.
   */
  public void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Ends the reading.
   *
   * @throws SettingsException with all problems, also names that begin like a setting but were
   *     neither read nor are in {@link KnownSettings}
   */
  public void check() {
    List<String> all = new ArrayList<>(problems);
    unknownNames().forEach(name -> all.add(NearestName.describeUnknown(name, known)));
    if (!all.isEmpty()) {
      throw new SettingsException(all);
    }
  }

  private Optional<String> raw(String name) {
    return Optional.ofNullable(env.get(name)).filter(text -> !text.isBlank());
  }

  private <T> Optional<T> parse(String name, String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      problem(name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Set<String> unknownNames() {
    Set<String> unknown = new TreeSet<>(env.keySet());
    unknown.removeIf(name -> !name.startsWith(KnownSettings.PREFIX) || known.contains(name));
    return unknown;
  }
}
