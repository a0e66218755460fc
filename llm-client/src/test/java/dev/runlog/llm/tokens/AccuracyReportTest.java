package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyReportTest {

  private static final String HELLO = "'messages':[{'role':'user','content':'hello'}]";

  @TempDir private Path directory;

  private final ContextCounter counter = new ContextCounter();

  @ParameterizedTest(name = "{0}, answered by {1}, counts as {2}")
  @CsvSource({
    "gpt-3.5-turbo, gpt-3.5-turbo-0301, gpt-3.5-turbo-0301",
    "gpt-35-turbo, gpt-35-turbo-0301, gpt-3.5-turbo-0301",
    "gpt-4, gpt-4o-2024-08-06, gpt-4o",
    "our-deployment, gpt-5-mini, gpt-5-mini",
    "gpt-4o, our-deployment, gpt-4o",
    "gpt-4o, '', gpt-4o",
  })
  void countsAsTheModelThatAnswered(String requested, String answered, String countedAs)
      throws IOException {
    String content = "'messages':[{'role':'user','content':'\u6C34\u706B are water and fire'}]";
    AccuracyReport report =
        report("{'id':'a','model':'" + answered + "','request':" + of(requested, content) + "}");
    assertThat(report.rows().get(0).estimate())
        .contains(counter.countChat(json(of(countedAs, content))).totalTokens());
  }

  @Test
  void losesOneRowToARequestThatCannotBeCounted() throws IOException {
    AccuracyReport report =
        report("{'id':'bad','request':{}}", "{'id':'good','request':" + of("gpt-4o", HELLO) + "}");
    assertThat(report.rows().get(0).failure().orElse("")).contains("the request names no model");
    assertThat(report.rows().get(1).estimate()).contains(8L);
  }

  @Test
  void takesAReferenceByAnchorForAnyType() throws IOException {
    String tool =
        ",'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object',"
            + "'properties':{'home':{'$ref':'%s'}}}}}]";
    AccuracyReport report =
        report(
            Stream.of("#Address", "#/$defs/none", "other.json#/a")
                .map(reference -> of("gpt-4o", HELLO + tool.formatted(reference)))
                .map(request -> "{'id':'a','request':" + request + "}")
                .toArray(String[]::new));
    assertThat(report.rows())
        .extracting(AccuracyRow::estimate)
        .allSatisfy(estimate -> assertThat(estimate).isPresent())
        .containsOnly(report.rows().get(0).estimate());
  }

  private AccuracyReport report(String... rows) throws IOException {
    Path file = directory.resolve("calls.jsonl");
    Files.write(file, Arrays.stream(rows).map(row -> json(row).toString()).toList());
    return AccuracyReport.ofFile(file, counter);
  }

  private static String of(String model, String rest) {
    return "{'model':'" + model + "'," + rest + "}";
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
