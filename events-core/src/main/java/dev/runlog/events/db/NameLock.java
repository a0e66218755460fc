package dev.runlog.events.db;

/**
 * Keeps a name single among all that share a database, on whatever machine. Closing it gives the
 * name back; so does the end of the process. Thread-safe.
 */
public interface NameLock extends AutoCloseable {

  /**
   * Takes the name, or sees that it is still held; takes it again when it was lost with its
   * connection.
   *
   * @return whether it is held now; false when another process holds it
   * @throws DatabaseException when the store cannot be asked; then nobody can say who holds it
   */
  boolean hold();

  @Override
  void close();

  /** For a store of one machine, where a lock on a file beside it does this. */
  static NameLock ofOneMachine() {
    return new NameLock() {
      @Override
      public boolean hold() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
