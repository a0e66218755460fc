package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The context counter against recorded calls. A file of recordings holds one JSON object a line:
 * {@code id}, {@code endpoint}, {@code model} as answered, {@code request} as sent and {@code
 * prompt_tokens} as billed; {@code category} groups them, and rows with {@code countable} false or
 * a {@code suspect} are counted but left out of the groups. Immutable.
 */
public final class AccuracyReport {

  private record Counted(RecordedCall call, AccuracyRow row) {}

  private final List<Counted> counted;

  private AccuracyReport(List<Counted> counted) {
    this.counted = List.copyOf(counted);
  }

  /**
   * Counts all calls of a file; empty lines are skipped.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException naming the line that is no JSON object
   */
  public static AccuracyReport ofFile(Path file, ContextCounter counter) throws IOException {
    List<Counted> counted = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          counted.add(count(RecordedCall.of(parse(line, number)), counter));
        }
      }
    }
    return new AccuracyReport(counted);
  }

  /** One row a call, in the order of the file. */
  public List<AccuracyRow> rows() {
    return counted.stream().map(Counted::row).toList();
  }

  /** All calls that can be compared. */
  public AccuracyGroup total() {
    return AccuracyGroup.of("all", comparableRows());
  }

  /** By kind of request, in alphabetic order. */
  public List<AccuracyGroup> byCategory() {
    return groups(RecordedCall::category);
  }

  /** By model family, in alphabetic order. */
  public List<AccuracyGroup> byFamily() {
    return groups(RecordedCall::family);
  }

  /** By endpoint, in alphabetic order. */
  public List<AccuracyGroup> byEndpoint() {
    return groups(RecordedCall::endpoint);
  }

  /** How many calls are in no group, since no count can be compared with their bill. */
  public int leftOut() {
    return counted.size() - comparable().size();
  }

  List<AccuracyRow> comparableRows() {
    return comparable().stream().map(Counted::row).toList();
  }

  private List<AccuracyGroup> groups(Function<RecordedCall, String> key) {
    Map<String, List<AccuracyRow>> byKey =
        comparable().stream()
            .collect(
                Collectors.groupingBy(
                    one -> key.apply(one.call()),
                    TreeMap::new,
                    Collectors.mapping(Counted::row, Collectors.toList())));
    return byKey.entrySet().stream()
        .map(group -> AccuracyGroup.of(group.getKey(), group.getValue()))
        .toList();
  }

  private List<Counted> comparable() {
    return counted.stream()
        .filter(one -> one.call().comparable() && one.row().reported().isPresent())
        .toList();
  }

  private static ObjectNode parse(String line, int number) {
    try {
      return Json.readObject(line);
    } catch (JsonException e) {
      throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
    }
  }

  private static Counted count(RecordedCall call, ContextCounter counter) {
    return new Counted(call, row(call, counter));
  }

  /** What goes wrong with one request is said of it alone. */
  private static AccuracyRow row(RecordedCall call, ContextCounter counter) {
    try {
      return AccuracyRow.counted(call, call.count(counter));
    } catch (RuntimeException | StackOverflowError e) {
      return AccuracyRow.uncounted(call, e);
    }
  }
}
