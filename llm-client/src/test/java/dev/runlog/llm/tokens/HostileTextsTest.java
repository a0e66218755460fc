package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that break or stall a careless counter. */
@Timeout(60)
class HostileTextsTest {

  private static final int MEGABYTE = 1 << 20;
  private static final String EXACT = "exact";
  private static final String APPROXIMATE = "approximate";

  private final ContextCounter counter = new ContextCounter();

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("a megabyte of one letter", "a".repeat(MEGABYTE), APPROXIMATE),
        Arguments.of("a megabyte of blanks", " ".repeat(MEGABYTE), APPROXIMATE),
        Arguments.of("100,000 Chinese characters", "\u6C34\u706B".repeat(50_000), EXACT),
        Arguments.of("100,000 of one Chinese character", "\u6C34".repeat(100_000), EXACT),
        Arguments.of("special tokens", "<|endoftext|><|im_start|>".repeat(4_000), EXACT),
        Arguments.of("halves of surrogate pairs", "\uD83D".repeat(100_000), EXACT),
        Arguments.of("emoji over every cut", "x" + "\uD83D\uDE00".repeat(300_000), APPROXIMATE),
        Arguments.of("digits", "7".repeat(100_000), EXACT),
        Arguments.of("combining marks", "e\u0301".repeat(50_000), EXACT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void areCounted(String what, String text, String exactness) {
    ContextBreakdown counted = counter.countChat(request(List.of(text)));
    assertThat(counted.byRole().get("user")).isBetween(text.length() / 130L, 6L * text.length());
    assertThat(counted.exactness()).as(what).isEqualTo(exactness);
    assertThat(counter.countChat(request(List.of(text))).totalTokens())
        .isEqualTo(counted.totalTokens());
  }

  @Test
  void shareOneBudgetInARequest() {
    List<String> texts = Stream.of("a", "b", "c").map(letter -> letter.repeat(MEGABYTE)).toList();
    ContextBreakdown counted = counter.countChat(request(texts));
    assertThat(counted.exactness()).isEqualTo(APPROXIMATE);
    assertThat(counted.messages()).isEqualTo(3);
  }

  @Test
  void doNotPushOutEachOthersFraming() {
    ContextBreakdown counted = counter.countChat(request(Collections.nCopies(10_000, "")));
    assertThat(counted.totalTokens()).isEqualTo(3 + 4 * 10_000L);
  }

  private static ObjectNode request(List<String> texts) {
    ObjectNode request = Json.object().put("model", "gpt-4o");
    ArrayNode messages = request.putArray("messages");
    texts.forEach(text -> messages.addObject().put("role", "user").put("content", text));
    return request;
  }
}
