package dev.runlog.llm.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.runlog.llm.FailureKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What LangChain4j's exceptions mean. */
final class Causes {

  private static final int MAX_DEPTH = 20;

  /** The narrower class before the wider one. */
  private static final Map<Class<? extends Throwable>, FailureKind> KINDS = kinds();

  private Causes() {}

  /** The first of a type among an error and its causes. */
  static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    return chain(error).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The kind of a failure, empty when the error is of no kind that is known. */
  static Optional<FailureKind> kind(Throwable error) {
    return KINDS.entrySet().stream()
        .filter(entry -> find(error, entry.getKey()).isPresent())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Stream<Throwable> chain(Throwable error) {
    return Stream.<@Nullable Throwable>iterate(
            error, cause -> cause == null ? null : cause.getCause())
        .limit(MAX_DEPTH)
        .filter(Throwable.class::isInstance)
        .map(Throwable.class::cast);
  }

  private static Map<Class<? extends Throwable>, FailureKind> kinds() {
    Map<Class<? extends Throwable>, FailureKind> kinds = new LinkedHashMap<>();
    kinds.put(AuthenticationException.class, FailureKind.AUTHENTICATION);
    kinds.put(RateLimitException.class, FailureKind.RATE_LIMITED);
    kinds.put(TimeoutException.class, FailureKind.TIMEOUT);
    kinds.put(ModelNotFoundException.class, FailureKind.MODEL_NOT_FOUND);
    kinds.put(InvalidRequestException.class, FailureKind.INVALID_REQUEST);
    kinds.put(InternalServerException.class, FailureKind.UNAVAILABLE);
    kinds.put(InterruptedException.class, FailureKind.CANCELLED);
    kinds.put(CancellationException.class, FailureKind.CANCELLED);
    kinds.put(UnresolvedModelServerException.class, FailureKind.CONNECTION);
    kinds.put(IOException.class, FailureKind.CONNECTION);
    return kinds;
  }
}
