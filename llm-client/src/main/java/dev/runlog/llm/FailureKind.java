package dev.runlog.llm;

import java.util.Optional;

/** Why a call ended without an answer. */
public enum FailureKind {
  /** The server does not accept the request as it is. */
  INVALID_REQUEST(true, "change the request"),
  /** The server does not accept the key, or does not let it do this. */
  AUTHENTICATION(true, "check OPENAI_API_KEY and what it may do"),
  /** The server does not know the model. */
  MODEL_NOT_FOUND(true, "check the model's name and whether the key may use it"),
  /** Nothing answers at the address. */
  NOT_FOUND(true, "check OPENAI_BASE_URL, it usually ends in /v1"),
  /** The account has no credit left; waiting does not help. */
  QUOTA_EXHAUSTED(true, "check the plan and the billing of the account"),
  /** Too many requests or tokens a minute. */
  RATE_LIMITED(false, "try again later or send less at once"),
  /** The server failed. */
  UNAVAILABLE(false, "try again later"),
  /** The server cannot be reached, or the connection broke. */
  CONNECTION(false, "check the network and OPENAI_BASE_URL, then try again"),
  /** No answer came in time. */
  TIMEOUT(false, "try again, or allow the call more time"),
  /** The server reported success, but what it sent is no answer. */
  INVALID_ANSWER(false, "check what answers at OPENAI_BASE_URL"),
  /** The calling thread was interrupted, or the client was closed. */
  CANCELLED(false, "the answer, if any, is lost");

  private final boolean permanent;
  private final String advice;

  FailureKind(boolean permanent, String advice) {
    this.permanent = permanent;
    this.advice = advice;
  }

  /** Whether the same request will fail again, whenever it is sent. */
  public boolean isPermanent() {
    return permanent;
  }

  /** What a person can do about it. */
  public String advice() {
    return advice;
  }

  /** The kind of an answer that is no success, by its status and the provider's error code. */
  static FailureKind of(int status, Optional<String> errorCode) {
    String code = errorCode.orElse("");
    return switch (status) {
      case 401, 403 -> AUTHENTICATION;
      case 402 -> QUOTA_EXHAUSTED;
      case 404 -> code.equals("model_not_found") ? MODEL_NOT_FOUND : NOT_FOUND;
      case 408, 409 -> UNAVAILABLE;
      case 429 -> code.equals("insufficient_quota") ? QUOTA_EXHAUSTED : RATE_LIMITED;
      default -> ofClass(status);
    };
  }

  private static FailureKind ofClass(int status) {
    if (status >= 500) {
      return UNAVAILABLE;
    }
    return status < 400 ? NOT_FOUND : INVALID_REQUEST;
  }
}
