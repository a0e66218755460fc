package dev.runlog.llm.tokens;

import dev.runlog.events.payload.ContextBreakdown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final List<MessageTokens> messages = new ArrayList<>();
  private Optional<MessageTokens> open = Optional.empty();

  /** What is added from now on is of this message, until the next one or the end of them. */
  void beginMessage(String role) {
    endMessages();
    open = Optional.of(new MessageTokens(messages.size(), role, 0, 0, 0));
  }

  void endMessages() {
    open.ifPresent(messages::add);
    open = Optional.empty();
  }

  void addContent(String role, long tokens) {
    byRole.merge(role, tokens, Long::sum);
    open = open.map(message -> message.plus(tokens, 0, 0));
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
    open = open.map(message -> message.plus(0, tokens, 0));
  }

  void addFraming(long tokens) {
    framing += tokens;
    open = open.map(message -> message.plus(0, 0, tokens));
  }

  /** Notes why the total is not exact. */
  void doubt(String reason) {
    doubts.add(reason);
  }

  /** The messages so far, in their order. */
  List<MessageTokens> messages() {
    return List.copyOf(messages);
  }

  ContextBreakdown breakdown(Optional<Long> windowTokens) {
    endMessages();
    long total = total();
    return new ContextBreakdown(
        total,
        byRole,
        toolDefinitions,
        tools,
        responseFormat,
        images,
        framing,
        messages.size(),
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
