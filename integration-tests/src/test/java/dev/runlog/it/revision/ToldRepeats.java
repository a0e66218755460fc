package dev.runlog.it.revision;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Tells of each of many repeats how it ended when it ends: the report comes after all of them. */
final class ToldRepeats implements TestWatcher {

  @Override
  public void testSuccessful(ExtensionContext repeat) {
    tell(repeat, "held");
  }

  @Override
  public void testFailed(ExtensionContext repeat, @Nullable Throwable cause) {
    tell(repeat, "FAILED: " + cause);
  }

  private static void tell(ExtensionContext repeat, String how) {
    if (Repeated.Count.wanted() > 1) {
      System.out.println(
          repeat.getRequiredTestMethod().getName() + ", " + repeat.getDisplayName() + ": " + how);
    }
  }
}
