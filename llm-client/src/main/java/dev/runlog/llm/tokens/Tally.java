package dev.runlog.llm.tokens;

import dev.runlog.events.payload.ContextBreakdown;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sums up the parts of one context. Not thread-safe. */
final class Tally {

  private final Map<String, Long> byRole = new LinkedHashMap<>();
  private final Set<String> doubts = new LinkedHashSet<>();
  private final Map<String, Long> tools = new LinkedHashMap<>();
  private long toolDefinitions;
  private long responseFormat;
  private long images;
  private long framing;
  private int messages;

  void addMessage() {
    messages++;
  }

  void addContent(String role, long tokens) {
    byRole.merge(role, tokens, Long::sum);
  }

  void addToolDefinitions(long tokens) {
    toolDefinitions += tokens;
  }

  void addTool(String name, long tokens) {
    tools.merge(name, tokens, Long::sum);
  }

  void addResponseFormat(long tokens) {
    responseFormat += tokens;
  }

  void addImage(long tokens) {
    images += tokens;
  }

  void addFraming(long tokens) {
    framing += tokens;
  }

  /** Notes why the total is not exact. */
  void doubt(String reason) {
    doubts.add(reason);
  }

  ContextBreakdown breakdown(Optional<Long> windowTokens) {
    long total = total();
    return new ContextBreakdown(
        total,
        byRole,
        toolDefinitions,
        tools,
        responseFormat,
        images,
        framing,
        messages,
        windowTokens,
        windowTokens.map(window -> (double) total / window),
        doubts.isEmpty() ? "exact" : "approximate",
        doubts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", doubts)));
  }

  private long total() {
    long contents = byRole.values().stream().mapToLong(Long::longValue).sum();
    return contents + toolDefinitions + responseFormat + images + framing;
  }
}
