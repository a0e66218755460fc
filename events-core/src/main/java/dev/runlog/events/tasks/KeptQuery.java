package dev.runlog.events.tasks;

import dev.runlog.events.db.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that jOOQ renders once and that runs through a kept prepared statement: to render one
 * takes longer than to run it. Its values are bound by the names that its parameters have. A name
 * stands in it once. Immutable.
 */
final class KeptQuery {

  private record Parameter(String name, int sqlType) {}

  private final String text;
  private final List<Parameter> parameters;

  private KeptQuery(String text, List<Parameter> parameters) {
    this.text = text;
    this.parameters = List.copyOf(parameters);
  }

  /** Renders a query whose parameters all have names. */
  static KeptQuery of(Query query) {
    List<Parameter> parameters = new ArrayList<>();
    query
        .getParams()
        .forEach(
            (name, param) -> {
              if (!param.isInline()) {
                parameters.add(parameter(name, param));
              }
            });
    return new KeptQuery(query.getSQL(), parameters);
  }

  /** Runs it and reads its first row. */
  Optional<Record> fetchFirst(
      Transaction transaction, Map<String, ?> values, List<Field<?>> columns) {
    try (ResultSet rows = transaction.query(text, statement -> bind(statement, values))) {
      return transaction.sql().fetch(rows, columns.toArray(Field[]::new)).stream().findFirst();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
    int index = 1;
    for (Parameter parameter : parameters) {
      bind(statement, index++, parameter, values.get(parameter.name()));
    }
  }

  /** Null with its type too: PostgreSQL prepares a statement again when the types change. */
  private static void bind(
      PreparedStatement statement, int index, Parameter parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, parameter.sqlType());
    } else {
      statement.setObject(index, value, parameter.sqlType());
    }
  }

  private static Parameter parameter(String name, Param<?> param) {
    return new Parameter(name, param.getType() == Long.class ? Types.BIGINT : Types.VARCHAR);
  }

  private DataAccessException failure(SQLException cause) {
    return new DataAccessException("SQL [" + text + "]; " + cause.getMessage(), cause);
  }
}
