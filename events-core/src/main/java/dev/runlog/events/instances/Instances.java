package dev.runlog.events.instances;

import static dev.runlog.events.schema.Tables.INSTANCES;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the sequential names of workers, {@code W00001} and so on, each once. A slot of a
 * supervisor keeps its name when the worker or the supervisor is started again. Thread-safe, also
 * among processes.
 */
public final class Instances {

  private static final String WORKER_ROLE = "worker";
  private static final String PREFIX = "W";

  /** Two that look for the newest name at once would give out the same next one. */
  private static final String NAMING = "instances";

  private final Database database;
  private final InstantSource clock;

  public Instances(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
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
    return transaction
        .sql()
        .select(INSTANCES.INSTANCE_ID)
        .from(INSTANCES)
        .where(INSTANCES.OWNER_INSTANCE_ID.eq(owner))
        .and(INSTANCES.ROLE.eq(role))
        .and(INSTANCES.SLOT.eq(slot))
        .fetchOptional(INSTANCES.INSTANCE_ID);
  }

  private String give(
      Transaction transaction, String role, @Nullable String owner, @Nullable Long slot) {
    String name = PREFIX + "%05d".formatted(newestNumber(transaction) + 1);
    transaction
        .sql()
        .insertInto(INSTANCES)
        .set(INSTANCES.INSTANCE_ID, name)
        .set(INSTANCES.ROLE, role)
        .set(INSTANCES.OWNER_INSTANCE_ID, owner)
        .set(INSTANCES.SLOT, slot)
        .set(INSTANCES.CREATED_AT, clock.millis())
        .execute();
    return name;
  }

  private static int newestNumber(Transaction transaction) {
    return transaction
        .sql()
        .select(INSTANCES.INSTANCE_ID)
        .from(INSTANCES)
        .where(INSTANCES.INSTANCE_ID.like(PREFIX + "%"))
        .fetch(INSTANCES.INSTANCE_ID)
        .stream()
        .filter(name -> name.matches(PREFIX + "\\d{1,9}"))
        .mapToInt(name -> Integer.parseInt(name.substring(PREFIX.length())))
        .max()
        .orElse(0);
  }
}
