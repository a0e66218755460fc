package dev.runlog.benchmarks.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.json.Json;
import dev.runlog.llm.tokens.ContextCounter;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The processor time to count the context of each request of a conversation, which repeats all that
 * was said before, against counting its last request once. The requests are made as by a program
 * that keeps the messages, and as by one that reads all of them from JSON anew each time.
 */
final class ConversationCost {

  private static final int TURNS = 100;
  private static final int TOKENS_A_MESSAGE = 150;
  private static final int WARM_UP = 60;
  private static final int REPETITIONS = 15;
  private static final double TARGET = 1.5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private int conversations;

  void run(PrintStream out) {
    for (int i = 0; i < WARM_UP; i++) {
      ratio(ConversationCost::keeping);
      ratio(ConversationCost::reading);
    }
    compare("which keeps its messages", ConversationCost::keeping, out);
    compare("whose requests are read from JSON anew", ConversationCost::reading, out);
  }

  private void compare(
      String what, Function<List<ObjectNode>, List<Supplier<ObjectNode>>> way, PrintStream out) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      ratios.add(ratio(way));
    }
    Sample sample = new Sample(ratios);
    out.printf(
        "counting all %d turns of a conversation %s, against its last request once: ratio %.2f"
            + " (%.2f to %.2f, target at most %.1f), median of %d after %d to warm up%n",
        TURNS, what, sample.median(), sample.least(), sample.most(), TARGET, REPETITIONS, WARM_UP);
  }

  private double ratio(Function<List<ObjectNode>, List<Supplier<ObjectNode>>> way) {
    List<Supplier<ObjectNode>> requests = way.apply(conversation());
    double all = millis(requests);
    return all / millis(requests.subList(TURNS - 1, TURNS));
  }

  private static double millis(List<Supplier<ObjectNode>> requests) {
    ContextCounter counter = new ContextCounter();
    long nanos = 0;
    for (Supplier<ObjectNode> made : requests) {
      ObjectNode request = made.get();
      long start = THREADS.getCurrentThreadCpuTime();
      counter.countChat(request);
      nanos += THREADS.getCurrentThreadCpuTime() - start;
    }
    return nanos / 1e6;
  }

  private static List<Supplier<ObjectNode>> keeping(List<ObjectNode> requests) {
    return requests.stream().<Supplier<ObjectNode>>map(request -> () -> request).toList();
  }

  private static List<Supplier<ObjectNode>> reading(List<ObjectNode> requests) {
    return requests.stream()
        .map(ObjectNode::toString)
        .<Supplier<ObjectNode>>map(text -> () -> Json.readObject(text))
        .toList();
  }

  /** Its requests, which share their messages. */
  private List<ObjectNode> conversation() {
    conversations++;
    ArrayNode messages = Json.object().putArray("messages");
    List<ObjectNode> requests = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      add(messages, "user", turn);
      ObjectNode request = Json.object().put("model", "gpt-5-mini");
      request.putArray("messages").addAll(messages);
      requests.add(request);
      add(messages, "assistant", TURNS + turn);
    }
    return requests;
  }

  private void add(ArrayNode messages, String role, int number) {
    String text = Texts.of(conversations * 1000 + number, TOKENS_A_MESSAGE);
    messages.addObject().put("role", role).put("content", text);
  }
}
