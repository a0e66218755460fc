package dev.runlog.llm.langchain4j;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks objects for what only LangChain4j's OpenAI classes know, which are of another artifact than
 * its core: cached and reasoning tokens and the service tier, by the names of their methods. Where
 * there is no such method, nothing is known.
 */
final class Accessors {

  private Accessors() {}

  /** What a chain of methods without parameters returns, where that is a number. */
  static Optional<Long> number(@Nullable Object start, String... methods) {
    return last(start, methods)
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).longValue());
  }

  /** What a method without parameters returns, where that is a text. */
  static Optional<String> text(@Nullable Object start, String method) {
    return last(start, method).filter(String.class::isInstance).map(String.class::cast);
  }

  private static Optional<Object> last(@Nullable Object start, String... methods) {
    Optional<Object> value = Optional.ofNullable(start);
    for (String method : methods) {
      value = value.flatMap(object -> call(object, method));
    }
    return value;
  }

  private static Optional<Object> call(Object object, String method) {
    try {
      return Optional.ofNullable(object.getClass().getMethod(method).invoke(object));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // Another provider's class, or another version: it does not tell.
      return Optional.empty();
    }
  }
}
