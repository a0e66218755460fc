package dev.runlog.process.artifact;

/** A jar is missing, broken or cannot be kept. The message says which, and what to do. */
public final class ArtifactException extends RuntimeException {

  public ArtifactException(String message) {
    super(message);
  }

  public ArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
