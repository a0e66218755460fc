package dev.runlog.llm.tokens;

import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.llm.openai.Abbreviated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sums up the parts of one context. Not thread-safe. */
final class Tally {

  /** A request may name any number of them; what is beyond is summed up under one name. */
  private static final int MAX_TOOLS = 256;

  private static final int MAX_DOUBTS = 20;
  private static final String OTHERS = "(others)";

  private final RoleSums contents = new RoleSums();
  private final Set<String> doubts = new LinkedHashSet<>();
  private final Map<String, Long> tools = new LinkedHashMap<>();
  private long toolDefinitions;
  private long responseFormat;
  private long images;
  private long framing;
  private final List<MessageTokens> messages = new ArrayList<>();
  private boolean inMessage;
  private String role = "";
  private long messageContent;
  private long messageImages;
  private long messageFraming;

  /** What is added from now on is of this message, until the next one or the end of them. */
  void beginMessage(String roleOfMessage) {
    endMessages();
    inMessage = true;
    role = Abbreviated.of(roleOfMessage);
    messageContent = 0;
    messageImages = 0;
    messageFraming = 0;
  }

  void endMessages() {
    if (inMessage) {
      messages.add(
          new MessageTokens(messages.size(), role, messageContent, messageImages, messageFraming));
      inMessage = false;
    }
  }

  void addContent(String contentRole, long tokens) {
    contents.add(contentRole, tokens);
    messageContent += tokens;
  }

  void addToolDefinitions(long tokens) {
    toolDefinitions += tokens;
  }

  void addTool(String name, long tokens) {
    boolean fits = tools.size() < MAX_TOOLS || tools.containsKey(name);
    tools.merge(fits ? name : OTHERS, tokens, Long::sum);
  }

  void addResponseFormat(long tokens) {
    responseFormat += tokens;
  }

  void addImage(long tokens) {
    images += tokens;
    messageImages += tokens;
  }

  void addFraming(long tokens) {
    framing += tokens;
    messageFraming += tokens;
  }

  /** Notes why the total is not exact. */
  void doubt(String reason) {
    if (doubts.size() < MAX_DOUBTS) {
      doubts.add(reason);
    }
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
        contents.byRole(),
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
    return contents.total() + toolDefinitions + responseFormat + images + framing;
  }
}
