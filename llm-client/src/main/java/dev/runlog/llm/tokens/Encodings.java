package dev.runlog.llm.tokens;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The encodings, loaded once a process, each in a background thread that ends when it is done.
 * Loading takes o200k_base about a second. Thread-safe.
 */
public final class Encodings {

  /** How long a count waits for an encoding that is still loading. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final EncodingRegistry REGISTRY =
      com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry();
  private static final Map<EncodingName, CompletableFuture<Encoding>> LOADED =
      new ConcurrentHashMap<>();

  private Encodings() {}

  /** Starts to load what current models use, and returns at once. */
  public static void preload() {
    LOADED.computeIfAbsent(EncodingName.O200K_BASE, Encodings::load);
  }

  /**
   * The encoding, waited for when it is still loading.
   *
   * @throws UncountableException when it cannot be loaded, or not in time
   */
  static Encoding get(EncodingName name) {
    try {
      return loading(name).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UncountableException("load encoding " + name + ": " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new UncountableException(
          "encoding " + name + " is still loading after " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncountableException("interrupted while encoding " + name + " was loading", e);
    }
  }

  /** The encoding, loaded or on its way. */
  static CompletableFuture<Encoding> loading(EncodingName name) {
    return LOADED.computeIfAbsent(name, Encodings::load);
  }

  private static CompletableFuture<Encoding> load(EncodingName name) {
    return CompletableFuture.supplyAsync(
        () -> REGISTRY.getEncoding(name.type()), task -> start(name, task));
  }

  private static void start(EncodingName name, Runnable task) {
    Thread thread = new Thread(task, "runlog-load-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
