package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Statements of one connection, each prepared once. Not thread-safe; they end with it. */
final class PreparedStatements {

  private final Connection connection;
  private final Map<String, PreparedStatement> byText = new HashMap<>();

  PreparedStatements(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement of(String text) throws SQLException {
    PreparedStatement statement = byText.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      byText.put(text, statement);
    }
    return statement;
  }

  /** Forgets them all: sqlite-jdbc finalizes a statement that fails, but does not say which. */
  void forget() throws SQLException {
    for (PreparedStatement statement : byText.values()) {
      statement.close();
    }
    byText.clear();
  }

  void execute(String text) throws SQLException {
    of(text).execute();
  }
}
