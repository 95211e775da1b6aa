package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDatabaseTest {
  @TempDir Path folder;
  private Path file;
  private Shell shell;

  @BeforeEach
  void write() throws SQLException {
    shell = new Shell(folder.resolve("home"));
    file = folder.resolve("task_logs.db");
    change(
        "CREATE TABLE tasks (id INTEGER PRIMARY KEY, timestamp DATETIME DEFAULT CURRENT_TIMESTAMP,"
            + " user_id TEXT, request TEXT, channel_id TEXT, thread_ts TEXT UNIQUE)",
        "CREATE TABLE evaluations (task_id INTEGER, agent_name TEXT, confidence INTEGER,"
            + " assigned BOOLEAN, FOREIGN KEY (task_id) REFERENCES tasks(id))",
        "CREATE TABLE outcomes (task_id INTEGER, agent_name TEXT, success BOOLEAN,"
            + " execution_time REAL, error_message TEXT,"
            + " FOREIGN KEY (task_id) REFERENCES tasks(id))",
        "INSERT INTO tasks VALUES"
            + " (1, '2024-01-15 10:30:00', 'U123456', 'Research quantum computing', 'C', '17.1'),"
            + " (2, '2024-01-15 10:31:00', 'U789012', 'Write a poem', 'C', '17.2'),"
            + " (3, '2024-01-15 10:32:00', 'U345678', 'Unknown request', 'C', '17.3')",
        "INSERT INTO evaluations VALUES (1, 'Builder', 15, 0), (1, 'Grok', 92, 1),"
            + " (1, 'Writer', 30, 0), (2, 'Writer', 95, 1), (2, 'Grok', 20, 0),"
            + " (3, 'Grok', 4, 0)",
        "INSERT INTO outcomes VALUES (1, 'Grok', 1, 45.2, NULL), (2, 'Writer', 1, 23.1, NULL)");
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String imported(Path path, String... more) {
    String[] words = new String[4 + more.length];
    words[0] = "import";
    words[1] = path.toString();
    words[2] = "--format";
    words[3] = "json";
    System.arraycopy(more, 0, words, 4, more.length);
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  @Test
  void aDatabaseOfTasksBecomesTheEventsOfItsTasks() throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThat(imported(file, "--as", "task-db")).contains("\"lines\":11,\"imported\":14,");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    String sql =
        "SELECT event_type AS t, agent_name AS a, confidence_score AS c, success AS s,"
            + " duration_ms AS ms, details->>'assigned' AS chosen FROM events"
            + " WHERE task_id = '17.1' ORDER BY timestamp, t, a";
    shell.call("sql", sql, "--format", "csv");
    assertThat(shell.out.replace("\r", ""))
        .isEqualTo(
            """
            t,a,c,s,ms,chosen
            evaluation,Builder,0.15,,,0
            evaluation,Grok,0.92,,,1
            evaluation,Writer,0.3,,,0
            task_assigned,Grok,0.92,,,
            task_request,,,,,
            task_outcome,Grok,,1,45200,
            """);
  }

  @Test
  void importingItAgainOrACopyOrAfterVacuumAddsNothing() throws IOException, SQLException {
    imported(file);
    assertThat(imported(file)).contains("\"lines\":0,\"imported\":0,\"duplicates\":0");
    Path copy = folder.resolve("copy.sqlite");
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(imported(copy)).contains("\"imported\":0,\"duplicates\":14");
    change("VACUUM");
    assertThat(imported(file)).contains("\"imported\":0");
  }

  @Test
  void whatComesLaterToATaskIsAddedAlsoWhenItStandsInTheLogOnly() throws SQLException {
    imported(file);
    change("PRAGMA journal_mode = WAL");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO outcomes VALUES (3, NULL, 0, 0, 'gave up')");
      assertThat(imported(file)).contains("\"imported\":1,");
    }
  }

  @Test
  void evaluationsOfATaskThatIsGoneAreKept() throws SQLException {
    change("DELETE FROM tasks WHERE id = 2");
    assertThat(imported(file)).contains("\"lines\":10,\"imported\":13,");
  }

  @Test
  void anotherDatabaseIsRefusedWithWhatIsMissing() throws SQLException {
    change("DROP TABLE outcomes");
    assertThat(shell.call("import", file.toString())).isEqualTo(1);
    assertThat(shell.err)
        .contains("has no table outcomes")
        .contains("outcomes(task_id, agent_name");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(file, "SQLite format 3\0 but not really");
    assertThat(shell.call("import", file.toString())).isEqualTo(1);
    assertThat(shell.err).contains("cannot be read as a SQLite database");
  }
}
