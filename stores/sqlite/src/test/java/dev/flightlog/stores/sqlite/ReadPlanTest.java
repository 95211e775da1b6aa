package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of the newest few come from an index in its order, however many events there are. */
class ReadPlanTest {
  @TempDir Path folder;

  private List<String> plan(Filter filter) throws SQLException {
    Path db = folder.resolve("events_index.db");
    SqliteStore.open(db).close();
    EventSelect read = EventSelect.of(ReadRequest.newestFirst(filter).limit(20));
    List<String> plan = new ArrayList<>();
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      for (String index : Schema.statements("indexes.sql")) {
        connection.run(index);
      }
      try (ResultSet rows =
          connection.query(
              "EXPLAIN QUERY PLAN " + read.sql(), read.arguments().toArray(Object[]::new))) {
        while (rows.next()) {
          plan.add(rows.getString("detail"));
        }
      }
    }
    return plan;
  }

  @Test
  void ofASessionAndOfAWorkflow() throws SQLException {
    for (Field field : List.of(Field.SESSION_ID, Field.WORKFLOW_ID)) {
      assertThat(plan(Filter.is(field, "a")))
          .anyMatch(step -> step.startsWith("SEARCH event_rows USING INDEX"))
          .noneMatch(step -> step.equals("USE TEMP B-TREE FOR ORDER BY"));
    }
  }

  @Test
  void ofEverything() throws SQLException {
    assertThat(plan(Filter.EVERYTHING))
        .anyMatch(step -> step.contains("USING INDEX events_by_time"))
        .noneMatch(step -> step.equals("USE TEMP B-TREE FOR ORDER BY"));
  }
}
