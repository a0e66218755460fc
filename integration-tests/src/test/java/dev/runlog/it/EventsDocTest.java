package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.UserEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/events.md} with the catalogue and the payload records. */
class EventsDocTest {

  private static final String PAGE = Docs.page("events.md");

  @Test
  void theTableHasOneRowForEachEventInTheOrderOfTheCatalogue() {
    assertThat(eventRows())
        .extracting(row -> Docs.code(row.get(0)).get(0))
        .containsExactlyElementsOf(Stream.of(EventType.values()).map(EventType::wireName).toList());
  }

  @Test
  void everyRowNamesTheFieldsOfItsPayload() {
    Map<String, List<String>> documented =
        eventRows().stream()
            .collect(
                Collectors.toMap(
                    row -> Docs.code(row.get(0)).get(0), row -> documentedFields(row.get(2))));
    for (EventType type : EventType.values()) {
      assertThat(documented.get(type.wireName()))
          .as("fields of %s", type.wireName())
          .isEqualTo(fieldsOf(payloadOf(type)));
    }
  }

  @Test
  void theTableOfTheContextNamesAllItsParts() {
    assertThat(Docs.rows(Docs.section(PAGE, "## What fills a context")))
        .extracting(row -> Docs.code(row.get(0)).get(0))
        .isEqualTo(fieldsOf(ContextBreakdown.class));
  }

  @Test
  void everyPayloadRecordBelongsToAnEventOfTheCatalogue() {
    List<String> payloads =
        new ClassFileImporter()
            .importPackagesOf(UserEvent.class).stream()
                .filter(java -> java.isAssignableTo(EventPayload.class))
                .filter(java -> !java.isEquivalentTo(UserEvent.class))
                .map(JavaClass::getName)
                .toList();
    assertThat(payloads)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).map(type -> payloadOf(type).getName()).toList());
  }

  /** A link to the fields that many events share stands for them. */
  private static List<String> documentedFields(String cell) {
    String shared =
        Docs.rows(Docs.section(PAGE, "## The fields of a revision")).stream()
            .map(row -> "`" + Docs.code(row.get(0)).get(0) + "`")
            .collect(Collectors.joining(" "));
    return Docs.code(cell.replace("[the fields of a revision](#the-fields-of-a-revision)", shared));
  }

  private static List<List<String>> eventRows() {
    return Docs.rows(Docs.section(PAGE, "## The catalogue"));
  }

  /** {@code LLM_CALL_STARTED} is told by {@code LlmCallStarted}. */
  private static Class<?> payloadOf(EventType type) {
    String simpleName =
        Stream.of(type.name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    try {
      return Class.forName(UserEvent.class.getPackageName() + "." + simpleName);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no payload record for " + type, e);
    }
  }

  private static List<String> fieldsOf(Class<?> payload) {
    return Arrays.stream(payload.getRecordComponents())
        .flatMap(EventsDocTest::namesOf)
        .map(EventsDocTest::snakeCase)
        .toList();
  }

  /** The fields of an unwrapped record stand among those of the record around it. */
  private static Stream<String> namesOf(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
        ? Arrays.stream(component.getType().getRecordComponents()).map(RecordComponent::getName)
        : Stream.of(component.getName());
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
