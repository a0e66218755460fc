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

/**
 * The processor time to count the context of each request of a conversation, which repeats all that
 * was said before, against counting its last request once. Each request is read from JSON anew, as
 * a program would build it anew.
 */
final class ConversationCost {

  private static final int TURNS = 100;
  private static final int TOKENS_A_MESSAGE = 150;
  private static final int WARM_UP = 10;
  private static final int REPETITIONS = 15;
  private static final double TARGET = 1.5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private int conversations;

  void run(PrintStream out) {
    for (int i = 0; i < WARM_UP; i++) {
      ratio();
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      ratios.add(ratio());
    }
    Sample sample = new Sample(ratios);
    out.printf(
        "counting all %d turns of a conversation against its last request once: ratio %.2f"
            + " (%.2f to %.2f, target at most %.1f), median of %d after %d to warm up%n",
        TURNS, sample.median(), sample.least(), sample.most(), TARGET, REPETITIONS, WARM_UP);
  }

  private double ratio() {
    List<String> requests = requests();
    double all = millis(requests);
    return all / millis(requests.subList(TURNS - 1, TURNS));
  }

  private static double millis(List<String> requests) {
    ContextCounter counter = new ContextCounter();
    long nanos = 0;
    for (String request : requests) {
      ObjectNode json = Json.readObject(request);
      long start = THREADS.getCurrentThreadCpuTime();
      counter.countChat(json);
      nanos += THREADS.getCurrentThreadCpuTime() - start;
    }
    return nanos / 1e6;
  }

  private List<String> requests() {
    conversations++;
    ObjectNode conversation = Json.object().put("model", "gpt-5-mini");
    ArrayNode messages = conversation.putArray("messages");
    List<String> requests = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      add(messages, "user", turn);
      requests.add(conversation.toString());
      add(messages, "assistant", TURNS + turn);
    }
    return requests;
  }

  private void add(ArrayNode messages, String role, int number) {
    String text = Texts.of(conversations * 1000 + number, TOKENS_A_MESSAGE);
    messages.addObject().put("role", role).put("content", text);
  }
}
