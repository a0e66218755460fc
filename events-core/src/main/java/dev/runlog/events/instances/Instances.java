package dev.runlog.events.instances;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the sequential names of workers, {@code W00001} and so on, each once. A slot of a
 * supervisor keeps its name when the worker or the supervisor is started again. Thread-safe, also
 * among processes.
 */
public final class Instances {

  /** The role of those that are numbered when nobody names them: {@code W00001} and on. */
  public static final String WORKER_ROLE = "worker";

  private static final String PREFIX = "W";

  /** Two that look for the newest name at once would give out the same next one. */
  private static final String NAMING = "instances";

  /** Written out, as in a process without a name they run before its first event. */
  private static final String FIND =
      "SELECT instance_id FROM instances WHERE owner_instance_id = ? AND role = ? AND slot = ?";

  private static final String NAMES = "SELECT instance_id FROM instances WHERE instance_id LIKE ?";

  private static final String GIVE =
      """
      INSERT INTO instances (instance_id, role, owner_instance_id, slot, created_at)
      VALUES (?, ?, ?, ?, ?)
      RETURNING instance_id
      """;

  private final Database database;
  private final InstantSource clock;

  public Instances(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whether a name is of the form that is given out to those whom nobody names. */
  public static boolean isNumbered(String name) {
    return name.matches(PREFIX + "\\d{1,9}");
  }

  /** A name that nobody had before, for a worker started by hand. */
  public String nextWorker() {
    return database.write(
        transaction -> {
          transaction.serialize(NAMING);
          return give(transaction, WORKER_ROLE, null, null);
        });
  }

  /**
   * The names of the first slots of an owner: those that they had before, and new ones for slots
   * that are new.
   *
   * @param ownerInstanceId who runs the slots, such as {@code supervisor-main}
   * @param role role of the children, such as {@code worker}
   * @param count how many slots
   */
  public List<String> slotsOf(String ownerInstanceId, String role, int count) {
    return database.write(
        transaction -> {
          transaction.serialize(NAMING);
          List<String> names = new ArrayList<>(count);
          for (long slot = 1; slot <= count; slot++) {
            long wanted = slot;
            names.add(
                find(transaction, ownerInstanceId, role, slot)
                    .orElseGet(() -> give(transaction, role, ownerInstanceId, wanted)));
          }
          return names;
        });
  }

  private static Optional<String> find(
      Transaction transaction, String owner, String role, long slot) {
    try {
      return names(
              transaction.query(
                  FIND,
                  statement -> {
                    statement.setString(1, owner);
                    statement.setString(2, role);
                    statement.setLong(3, slot);
                  }))
          .stream()
          .findFirst();
    } catch (SQLException e) {
      throw new DataAccessException("look up the name of slot " + slot + " of " + owner, e);
    }
  }

  private String give(
      Transaction transaction, String role, @Nullable String owner, @Nullable Long slot) {
    try {
      String name = PREFIX + "%05d".formatted(newestNumber(transaction) + 1);
      return names(
              transaction.query(
                  GIVE,
                  statement -> {
                    statement.setString(1, name);
                    statement.setString(2, role);
                    statement.setString(3, owner);
                    statement.setObject(4, slot, Types.BIGINT);
                    statement.setLong(5, clock.millis());
                  }))
          .get(0);
    } catch (SQLException e) {
      throw new DataAccessException("give out the next name", e);
    }
  }

  private static int newestNumber(Transaction transaction) throws SQLException {
    return names(transaction.query(NAMES, statement -> statement.setString(1, PREFIX + "%")))
        .stream()
        .filter(Instances::isNumbered)
        .mapToInt(name -> Integer.parseInt(name.substring(PREFIX.length())))
        .max()
        .orElse(0);
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
