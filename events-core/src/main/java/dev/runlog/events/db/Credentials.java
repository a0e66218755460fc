package dev.runlog.events.db;

import java.util.Map;
import java.util.Optional;

/**
 * Who a process says it is to a database server, where the URL does not say it.
 *
 * @param user empty for the name of the operating system's user
 * @param password never shown
 */
public record Credentials(Optional<String> user, Optional<String> password) {

  /** None: the URL says it all. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  /** Those that PostgreSQL's own clients take from {@code PGUSER} and {@code PGPASSWORD}. */
  public static Credentials of(Map<String, String> env) {
    return new Credentials(given(env, "PGUSER"), given(env, "PGPASSWORD"));
  }

  private static Optional<String> given(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
  }

  @Override
  public String toString() {
    return "Credentials[user=" + user.orElse("") + "]";
  }
}
