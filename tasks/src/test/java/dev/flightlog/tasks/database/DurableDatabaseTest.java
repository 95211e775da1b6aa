package dev.flightlog.tasks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableDatabaseTest {
  private static final List<String> SCHEMA =
      List.of("CREATE TABLE IF NOT EXISTS words(word TEXT PRIMARY KEY)");

  @TempDir Path folder;

  @Test
  void workThatFailsLeavesNothingBehindAndTheNextIsDone() throws SQLException {
    List<Throwable> failures =
        List.of(
            new SQLException("no space"),
            new IllegalStateException("unexpected"),
            new AssertionError("worse"));
    try (DurableDatabase database = DurableDatabase.open(folder.resolve("words.db"), SCHEMA)) {
      for (int i = 0; i < failures.size(); i++) {
        Throwable failure = failures.get(i);
        String word = "word " + i;
        assertThatThrownBy(() ->
                database.write(connection -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("INSERT INTO words VALUES('half done')");
                  }
                  throw thrown(failure);
                }))
            .isSameAs(failure);
        int entered =
            database.write(connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO words VALUES('" + word + "')");
              }
            });
        assertThat(entered).isEqualTo(1);
      }
    }
    try (DurableDatabase again = DurableDatabase.open(folder.resolve("words.db"), SCHEMA)) {
      String all =
          again.read(connection -> {
            try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT group_concat(word, ',') FROM words")) {
              return row.next() ? row.getString(1) : "";
            }
          });
      assertThat(all).isEqualTo("word 0,word 1,word 2");
    }
  }

  private static SQLException thrown(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (failure instanceof Error error) {
      throw error;
    }
    return (SQLException) failure;
  }
}
