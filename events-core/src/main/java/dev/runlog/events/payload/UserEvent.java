package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.runlog.events.log.EventPayload;
import java.util.Map;

/**
 * An event of a type of the user's own.
 *
 * @param eventType {@code scope.fact} in the past tense, such as {@code index.rebuilt}
 * @param fields the payload, any values that Jackson writes as JSON
 */
public record UserEvent(@JsonIgnore String eventType, @JsonValue Map<String, ?> fields)
    implements EventPayload {}
