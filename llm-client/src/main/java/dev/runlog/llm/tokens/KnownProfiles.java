package dev.runlog.llm.tokens;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The profiles of models by the names that requests gave them, since a name is matched against many
 * patterns and a process uses few. Thread-safe.
 */
final class KnownProfiles {

  /** Names come from requests; whoever makes them up must not fill the memory. */
  private static final int MAX_NAMES = 256;

  private final ConcurrentMap<String, ModelProfile> profiles = new ConcurrentHashMap<>();

  ModelProfile of(String model) {
    ModelProfile known = profiles.get(model);
    if (known != null) {
      return known;
    }
    ModelProfile profile = ModelProfile.of(model);
    if (profiles.size() < MAX_NAMES) {
      profiles.put(model, profile);
    }
    return profile;
  }
}
