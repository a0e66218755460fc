package dev.runlog.process.warm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Decides where what can be made again is kept. */
final class CacheDirectory {

  private static final String NAME = "startup-cache";

  private CacheDirectory() {}

  /**
   * Beside the jar where that can be written, else in the user's cache, empty when there is none.
   * Never in a directory that all users share: what is in it is loaded as code.
   *
   * @param env for {@code XDG_CACHE_HOME} and {@code HOME}
   */
  static Optional<Path> of(Path jar, Map<String, String> env) {
    Path beside = jar.toAbsolutePath().getParent();
    return beside != null && Files.isWritable(beside)
        ? Optional.of(beside.resolve(NAME))
        : userCache(env).map(cache -> cache.resolve("runlog").resolve(NAME));
  }

  private static Optional<Path> userCache(Map<String, String> env) {
    return variable(env, "XDG_CACHE_HOME")
        .or(() -> variable(env, "HOME").map(home -> home.resolve(".cache")));
  }

  private static Optional<Path> variable(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> value.startsWith("/")).map(Path::of);
  }
}
