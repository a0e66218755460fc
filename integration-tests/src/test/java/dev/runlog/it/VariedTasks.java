package dev.runlog.it;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Chat tasks of every shape that fills a context in its own way, no two of them the same. */
final class VariedTasks {

  private static final List<String> MODELS = List.of("gpt-5-mini", "gpt-4o-mini", "gpt-4.1", "o3");

  private static final List<IntFunction<ObjectNode>> SHAPES =
      List.of(
          VariedTasks::prompt,
          VariedTasks::withSystem,
          VariedTasks::unicode,
          VariedTasks::turns,
          VariedTasks::withTools);

  private VariedTasks() {}

  /** So many tasks, each a line as people write it. */
  static String[] lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> SHAPES.get(i % SHAPES.size()).apply(i).put("model", model(i)))
        .map(Json::write)
        .toArray(String[]::new);
  }

  private static String model(int i) {
    return MODELS.get(i / SHAPES.size() % MODELS.size());
  }

  private static ObjectNode prompt(int i) {
    return Json.object().put("prompt", "Say in " + i + " words why the sea is salt.");
  }

  private static ObjectNode withSystem(int i) {
    ObjectNode task = Json.object().put("max_completion_tokens", 5 + i);
    ArrayNode messages = task.putArray("messages");
    add(messages, "system", "You are terse. Rule number " + i + ": answer in one line.");
    add(messages, "user", "What is the capital of France?");
    return task;
  }

  private static ObjectNode unicode(int i) {
    return Json.object()
        .put("prompt", "Übersetze „Größe“ №" + i + ": 日本語, עברית, 👩‍🚀 e\u0301, \u200B\t\n∑ ≠ ½.");
  }

  private static ObjectNode turns(int i) {
    ObjectNode task = Json.object();
    ArrayNode messages = task.putArray("messages");
    add(messages, "developer", "Count along.");
    for (int turn = 0; turn <= i % 7; turn++) {
      add(messages, "user", "Number " + turn);
      add(messages, "assistant", "That is " + turn + ", and the next is " + (turn + 1) + ".");
    }
    add(messages, "user", "And number " + i + "?");
    return task;
  }

  private static ObjectNode withTools(int i) {
    ObjectNode task = Json.object();
    add(task.putArray("messages"), "user", "How warm is it in town " + i + "?");
    task.set(
        "tools",
        Json.readObject(
                """
                {"tools": [{"type": "function", "function": {
                  "name": "get_weather",
                  "description": "Tells the weather of a place.",
                  "parameters": {
                    "type": "object",
                    "properties": {
                      "place": {"type": "string", "description": "Name of the town"},
                      "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]}
                    },
                    "required": ["place"]
                  }}}]}
                """)
            .path("tools"));
    return task;
  }

  private static void add(ArrayNode messages, String role, String content) {
    messages.addObject().put("role", role).put("content", content);
  }
}
