package dev.runlog.console.render;

import dev.runlog.events.payload.ContextBreakdown;
import java.util.Map;

/**
 * What fills a context, as a table with bars. Tools by name stand below what they cost together,
 * the largest first; they do not add up to it, since headings belong to no tool.
 */
public final class ContextTable {

  private static final int BAR_WIDTH = 30;

  private final ContextBreakdown context;
  private final Table table =
      new Table(
          Column.text("PART"),
          Column.number("TOKENS"),
          Column.number("SHARE"),
          Column.cuttable("", 1));

  public ContextTable(ContextBreakdown context) {
    this.context = context;
    context.byRole().forEach(this::add);
    add("tool definitions", context.toolDefinitions());
    context.tools().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(tool -> add("  " + tool.getKey(), tool.getValue()));
    add("response format", context.responseFormat());
    add("images", context.images());
    add("framing", context.framing());
    table.row(
        Cell.of("total", Style.BOLD),
        Cell.of(Humans.number(context.totalTokens()), Style.BOLD),
        Cell.of(""),
        Cell.of(""));
  }

  /** How much of the window is used, and by how many messages. */
  public String summary() {
    StringBuilder summary = new StringBuilder();
    summary.append(Humans.number(context.totalTokens())).append(" tokens in ");
    summary.append(Humans.number(context.messages()));
    summary.append(context.messages() == 1 ? " message" : " messages");
    context
        .windowTokens()
        .ifPresent(
            window ->
                summary.append(
                    ", %s of a window of %s"
                        .formatted(
                            Humans.percent((double) context.totalTokens() / Math.max(1, window)),
                            Humans.number(window))));
    return summary.toString();
  }

  /** Whether the count is exact, and why not. */
  public String exactness() {
    return "the count is "
        + context.exactness()
        + context.exactnessReason().map(reason -> ": " + reason).orElse("");
  }

  public Table table() {
    return table;
  }

  private void add(String part, long tokens) {
    if (tokens > 0) {
      double share = (double) tokens / Math.max(1, context.totalTokens());
      table.row(
          Cell.of(part),
          Cell.of(Humans.number(tokens)),
          Cell.of(Humans.percent(share)),
          Cell.of(Bar.of(share, BAR_WIDTH), Style.CYAN));
    }
  }
}
