package dev.runlog.llm;

import dev.runlog.llm.openai.ProviderError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call ended without an answer. The message says what failed, with what the provider said, and
 * what to do; it holds no secrets.
 */
public final class LlmException extends RuntimeException {

  private final FailureKind kind;
  private final transient Optional<Integer> status;
  private final transient Optional<ProviderError> providerError;

  LlmException(
      FailureKind kind,
      String message,
      Optional<Integer> status,
      Optional<ProviderError> providerError,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.providerError = providerError;
  }

  /** Why the call failed. */
  public FailureKind kind() {
    return kind;
  }

  /** Whether the same request will fail again, whenever it is sent. */
  public boolean isPermanent() {
    return kind.isPermanent();
  }

  /** HTTP status of the last answer, absent when there was none. */
  public Optional<Integer> status() {
    return status;
  }

  /** What the provider said, redacted; absent when it said nothing readable. */
  public Optional<ProviderError> providerError() {
    return providerError;
  }
}
