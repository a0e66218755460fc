package dev.runlog.events.db;

/** Decides when the write-ahead log is copied, and when it is to start at its beginning again. */
final class CheckpointRule {

  /** So many pages of 4 KiB, as many as SQLite's own rule. */
  static final int DUE_PAGES = 1000;

  /** Whoever looks for a page looks for it in the log first, so it must not be too long. */
  static final int LONG_PAGES = 4 * DUE_PAGES;

  /** A reader that stays keeps what it may still see from being copied: then not at every look. */
  private static final int PAGES_BETWEEN_ATTEMPTS = DUE_PAGES / 4;

  private int pagesAtLastAttempt;

  /** Whether to copy now; if so, the next time is once the log has grown. */
  boolean isDue(WalState log) {
    if (log.pages() < pagesAtLastAttempt) {
      pagesAtLastAttempt = 0;
    }
    boolean isDue =
        log.notCopied() >= DUE_PAGES && log.pages() - pagesAtLastAttempt >= PAGES_BETWEEN_ATTEMPTS;
    if (isDue) {
      pagesAtLastAttempt = log.pages();
    }
    return isDue;
  }

  /**
   * Whether what is left is worth that all writers wait for it. Where much is left there is a
   * reader in the way, or somebody else copies.
   */
  static boolean isToStartAgain(WalState log) {
    return !log.isBusy() && log.pages() >= LONG_PAGES && log.notCopied() < DUE_PAGES;
  }
}
