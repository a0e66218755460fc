package dev.runlog.events.db;

import java.util.List;
import java.util.Optional;

/** Rows of tests of the stores. */
final class Rows {

  private Rows() {}

  /** The event with which a worker begins. */
  static EventRow startOf(String instance) {
    return new EventRow(
        1_900_000_000_000L,
        Optional.empty(),
        Optional.empty(),
        instance,
        "worker",
        "process.started",
        Optional.empty());
  }

  static List<Long> eventIds(Database database) {
    return database.read(sql -> sql.fetch("SELECT id FROM events ORDER BY id").into(Long.class));
  }

  static int insertInstance(Transaction transaction, String name) {
    return transaction
        .sql()
        .execute(
            "INSERT INTO instances (instance_id, role, created_at) VALUES (?, 'worker', 0)", name);
  }

  static List<String> instances(Database database) {
    return database.read(sql -> sql.fetch("SELECT instance_id FROM instances").into(String.class));
  }
}
