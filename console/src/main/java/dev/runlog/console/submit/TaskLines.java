package dev.runlog.console.submit;

import dev.runlog.events.json.Json;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.TaskLine;
import dev.runlog.events.tasks.TaskSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tasks as a file has them, one JSON object a line; blank lines are skipped.
 *
 * @param specs the tasks, in the order of their lines
 * @param problems why lines are no tasks, each with the name of the file and the number of the
 *     line; when there is any, nothing must be submitted
 */
public record TaskLines(List<TaskSpec> specs, List<String> problems) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public TaskLines {
    specs = List.copyOf(specs);
    problems = List.copyOf(problems);
  }

  /**
   * Reads to the end of the stream, as UTF-8.
   *
   * @param source what the stream is called in problems
   * @param model the model for lines that name none
   * @throws IOException when the stream cannot be read
   */
  public static TaskLines read(InputStream in, String source, Optional<String> model)
      throws IOException {
    List<TaskSpec> specs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    // A decoder that is asked for by name reports malformed bytes instead of replacing them.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    int number = 0;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        parse(number == 1 ? withoutMark(line) : line, model, specs)
            .ifPresent(new Problems(source, number, problems)::add);
      }
    } catch (CharacterCodingException e) {
      problems.add(source + ": not UTF-8 after line " + number + "; convert it to UTF-8");
    }
    return new TaskLines(specs, problems);
  }

  /** The task with that model, unless it names one itself. */
  public static TaskSpec withModel(TaskSpec spec, String model) {
    var request = Json.readObject(spec.request());
    if (request.hasNonNull("model")) {
      return spec;
    }
    return new TaskSpec(
        spec.kind(),
        Json.write(request.put("model", model)),
        spec.priority(),
        spec.runAt(),
        spec.uniqueKey(),
        spec.maxAttempts());
  }

  private record Problems(String source, int line, List<String> all) {
    void add(String problem) {
      all.add(source + " line " + line + ": " + problem);
    }
  }

  /** Adds the task of a line, if it has one; returns what is wrong with it. */
  private static Optional<String> parse(String line, Optional<String> model, List<TaskSpec> specs) {
    if (line.isBlank()) {
      return Optional.empty();
    }
    try {
      TaskSpec spec = TaskLine.parse(line);
      specs.add(model.map(name -> withModel(spec, name)).orElse(spec));
      return Optional.empty();
    } catch (InvalidTaskException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static String withoutMark(String line) {
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
  }
}
