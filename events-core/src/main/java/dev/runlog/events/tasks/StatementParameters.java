package dev.runlog.events.tasks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/**
 * Sets the parameters of a statement one after the other. What is absent is set with its type too:
 * PostgreSQL prepares a statement again when the types change.
 */
final class StatementParameters {

  private final PreparedStatement statement;
  private int last;

  StatementParameters(PreparedStatement statement) {
    this.statement = statement;
  }

  StatementParameters add(boolean truth) throws SQLException {
    statement.setBoolean(++last, truth);
    return this;
  }

  StatementParameters add(long number) throws SQLException {
    statement.setLong(++last, number);
    return this;
  }

  StatementParameters add(String text) throws SQLException {
    statement.setString(++last, text);
    return this;
  }

  StatementParameters addNumber(Optional<Long> number) throws SQLException {
    if (number.isPresent()) {
      return add(number.get());
    }
    statement.setNull(++last, Types.BIGINT);
    return this;
  }

  StatementParameters addText(Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      return add(text.get());
    }
    statement.setNull(++last, Types.VARCHAR);
    return this;
  }

  StatementParameters addTexts(List<String> texts) throws SQLException {
    statement.setArray(++last, statement.getConnection().createArrayOf("text", texts.toArray()));
    return this;
  }
}
