package dev.runlog.events.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets the values of a statement before it runs. */
@FunctionalInterface
public interface StatementValues {

  /** Sets all of its parameters, and neither executes nor closes it. */
  void setOn(PreparedStatement statement) throws SQLException;
}
