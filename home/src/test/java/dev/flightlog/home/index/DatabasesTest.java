package dev.flightlog.home.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.home.Home;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of other agents, against what SQL counts in them. */
class DatabasesTest {
  private final List<String> told = new ArrayList<>();
  @TempDir Path folder;
  private Index index;

  @BeforeEach
  void open() {
    index = Index.open(Home.open(folder.resolve("home"), Map.of(), told::add, Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    index.close();
  }

  private ImportReport read(Path path) {
    Home home = index.home();
    return index.importer().run(List.of(path), home.importOptions(), ImportListener.NONE);
  }

  private List<Event> events(String type) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.is(Field.EVENT_TYPE, type));
    return index.store().read(all).finish(all);
  }

  private long failed() {
    return events("tool_call").stream()
        .filter(call -> Boolean.FALSE.equals(call.get(Field.SUCCESS)))
        .count();
  }

  private long detail(String name) {
    return events("model_call").stream()
        .mapToLong(call -> call.details().get(name) instanceof Number n ? n.longValue() : 0)
        .sum();
  }

  private double cost() {
    return events("model_call").stream()
        .mapToDouble(c -> c.details().get("cost_usd") instanceof Number n ? n.doubleValue() : 0)
        .sum();
  }

  private static long sql(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static void run(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.executeUpdate(each);
      }
    }
  }

  private Path crush() throws IOException {
    Path file = Files.createDirectories(folder.resolve("shop/.crush")).resolve("crush.db");
    try (InputStream in =
        Objects.requireNonNull(DatabasesTest.class.getResourceAsStream("crush.db"))) {
      Files.copy(in, file);
    }
    return file;
  }

  @Test
  void crushIsFoundInItsFolderAndGivesWhatSqlCounts() throws IOException, SQLException {
    Path file = crush();

    read(folder.resolve("shop"));

    String parts = " FROM messages m, json_each(m.parts) p WHERE p.value->>'type' = ";
    assertThat(events("session_started")).hasSize(2);
    assertThat(events("session_started").getFirst().text(Field.PROJECT)).isEqualTo("shop");
    assertThat(events("tool_call"))
        .hasSize((int) sql(file, "SELECT count(*)" + parts + "'tool_call'"));
    assertThat(failed())
        .isEqualTo(
            sql(
                file,
                "SELECT count(*)" + parts + "'tool_result' AND p.value->'data'->>'is_error' = 1"))
        .isEqualTo(8);
    assertThat(events("tool_rejected")).hasSize(3);
    assertThat(events("user_prompt"))
        .hasSize((int) sql(file, "SELECT count(*)" + parts + "'text' AND m.role = 'user'"));
    assertThat(detail("input_tokens"))
        .isEqualTo(sql(file, "SELECT sum(prompt_tokens) FROM sessions"));
    assertThat(detail("output_tokens"))
        .isEqualTo(sql(file, "SELECT sum(completion_tokens) FROM sessions"));
    assertThat(cost()).isCloseTo(3.22185125, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(events("tool_call")).anyMatch(call -> "ls".equals(call.details().get("tool")));
  }

  @Test
  void whatIsAddedToADatabaseIsTakenInAndTheRestIsNotReadAgain() throws Exception {
    Path file = crush();
    long lines = read(file).lines();
    assertThat(read(file).lines()).isZero();

    run(
        file,
        "INSERT INTO messages (id, session_id, role, parts, model, created_at, updated_at) SELECT"
            + " 'new', id, 'user', '[{\"type\":\"text\",\"data\":{\"text\":\"go on\"}}]', '', 1755900000,"
            + " 1755900000 FROM sessions LIMIT 1");
    ImportReport again = read(file);

    assertThat(again.imported()).isEqualTo(1);
    assertThat(again.lines()).isLessThan(lines / 2);
  }

  @Test
  void aDatabaseThatItsOwnerWritesToIsReadAndNeverLocked() throws Exception {
    Path file = crush();
    run(file, "PRAGMA journal_mode = WAL");
    try (Connection owner = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.executeUpdate("UPDATE sessions SET title = 'busy'");

      assertThat(read(file).imported()).isPositive();

      statement.executeUpdate("UPDATE sessions SET title = 'still busy'");
      owner.commit();
    }
    assertThat(sql(file, "SELECT count(*) FROM sessions WHERE title = 'still busy'")).isEqualTo(2);
  }

  @Test
  void aDatabaseAtRestIsReadWithoutAFileBesideIt() throws Exception {
    Path file = crush();
    run(file, "PRAGMA journal_mode = WAL");

    read(file);

    assertThat(Objects.requireNonNull(folder.resolve("shop/.crush").toFile().list()))
        .containsExactly("crush.db");
  }

  @Test
  void gooseGivesCallsAndTheLedgerOfItsRequests() throws SQLException {
    Path file = folder.resolve("sessions.db");
    run(
        file,
        "CREATE TABLE sessions (id TEXT PRIMARY KEY, working_dir TEXT, parent_session_id TEXT,"
            + " created_at TIMESTAMP, updated_at TIMESTAMP, accumulated_input_tokens INTEGER,"
            + " accumulated_output_tokens INTEGER, accumulated_cache_read_tokens INTEGER,"
            + " accumulated_cache_write_tokens INTEGER, accumulated_cost REAL, model_config_json TEXT)",
        "CREATE TABLE messages (id INTEGER PRIMARY KEY, message_id TEXT, session_id TEXT, role TEXT,"
            + " content_json TEXT, created_timestamp INTEGER)",
        "CREATE TABLE usage_ledger (id INTEGER PRIMARY KEY, session_id TEXT, created_timestamp INTEGER,"
            + " model TEXT, input_tokens INTEGER, output_tokens INTEGER, cache_read_tokens INTEGER,"
            + " cache_write_tokens INTEGER, cost REAL)",
        "INSERT INTO sessions VALUES ('g1', '/srv/demo/shop', NULL, '2026-01-01 10:00:00',"
            + " '2026-01-01 10:05:00', 7000, 300, 5000, 400, 0.05, '{\"model_name\":\"claude-sonnet-4-5\"}')",
        "INSERT INTO messages VALUES (1, 'm1', 'g1', 'user', '[{\"type\":\"text\",\"text\":\"fix it\"}]', 1767261600)",
        "INSERT INTO messages VALUES (2, 'm2', 'g1', 'assistant', '[{\"type\":\"text\",\"text\":\"I look\"},"
            + "{\"type\":\"toolRequest\",\"id\":\"c1\",\"toolCall\":{\"status\":\"success\",\"value\":{\"name\":"
            + "\"developer__shell\",\"arguments\":{\"command\":\"ls\"}}}}]', 1767261601)",
        "INSERT INTO messages VALUES (3, 'm3', 'g1', 'user', '[{\"type\":\"toolResponse\",\"id\":\"c1\","
            + "\"toolResult\":{\"status\":\"success\",\"value\":{\"isError\":true,\"content\":[{\"type\":\"text\","
            + "\"text\":\"ls: cannot open\"}]}}}]', 1767261604)",
        "INSERT INTO usage_ledger VALUES (1, 'g1', 1767261601, 'claude-sonnet-4-5', 6000, 200, 5000, 400, 0.03)");

    read(file);

    assertThat(events("user_prompt")).hasSize(1);
    assertThat(events("tool_call")).hasSize(1);
    assertThat(failed()).isEqualTo(1);
    assertThat(events("tool_call").getFirst().integer(Field.DURATION_MS)).isEqualTo(3000);
    // The ledger's request, and what the session had used before there was a ledger.
    assertThat(events("model_call")).hasSize(2);
    assertThat(detail("input_tokens")).isEqualTo(7000 - 5000 - 400);
    assertThat(detail("output_tokens")).isEqualTo(300);
    assertThat(detail("cache_read_tokens")).isEqualTo(5000);
    assertThat(detail("cache_write_tokens")).isEqualTo(400);
    assertThat(cost()).isCloseTo(0.05, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void openCodeGivesCallsWithTheirTimesAndEachStepOfAMessage() throws SQLException {
    Path file = folder.resolve("opencode.db");
    run(
        file,
        "CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT, time_created INTEGER)",
        "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER,"
            + " time_updated INTEGER, data TEXT)",
        "CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER,"
            + " time_updated INTEGER, data TEXT)",
        "INSERT INTO session VALUES ('ses_1', NULL, '/srv/demo/shop', 1767261600000)",
        "INSERT INTO session VALUES ('ses_2', 'ses_1', '/srv/demo/shop', 1767261605000)",
        message(
            "msg_1",
            "ses_1",
            "{\"role\":\"user\",\"time\":{\"created\":1767261600000},\"agent\":\"build\"}"),
        message(
            "msg_2",
            "ses_1",
            "{\"role\":\"assistant\",\"modelID\":\"gpt-5\",\"agent\":\"build\",\"cost\":0.4,\"tokens\":{\"input\":70,"
                + "\"output\":9,\"reasoning\":1,\"cache\":{\"read\":30,\"write\":0}}}"),
        message(
            "msg_3",
            "ses_1",
            "{\"role\":\"assistant\",\"modelID\":\"gpt-5\",\"cost\":0,\"tokens\":{\"input\":5,\"output\":2,\"reasoning\":0,"
                + "\"cache\":{\"read\":0,\"write\":0}},\"error\":{\"name\":\"APIError\",\"data\":{\"message\":\"busy\","
                + "\"statusCode\":529}}}"),
        message("msg_4", "ses_2", "{\"role\":\"user\",\"agent\":\"explore\"}"),
        message(
            "msg_5",
            "ses_2",
            "{\"role\":\"assistant\",\"modelID\":\"gpt-5\",\"agent\":\"explore\"}"),
        part("prt_1", "msg_1", "{\"type\":\"text\",\"text\":\"fix it\"}"),
        part(
            "prt_2",
            "msg_2",
            "{\"type\":\"step-finish\",\"cost\":0.1,\"tokens\":{\"input\":50,\"output\":20,\"reasoning\":5,\"cache\":{\"read\":10,\"write\":3}}}"),
        part(
            "prt_3",
            "msg_2",
            "{\"type\":\"step-finish\",\"cost\":0.3,\"tokens\":{\"input\":70,\"output\":9,\"reasoning\":1,\"cache\":{\"read\":30,\"write\":0}}}"),
        part(
            "prt_4",
            "msg_2",
            tool("bash", "completed", "\"output\":\"no\",\"metadata\":{\"exit\":2}")),
        part(
            "prt_5",
            "msg_2",
            tool("invalid", "completed", "\"output\":\"The arguments are invalid\"")),
        part(
            "prt_6",
            "msg_2",
            tool(
                "edit",
                "error",
                "\"error\":\"The user rejected permission to use this specific tool call.\"")),
        part("prt_7", "msg_2", tool("read", "completed", "\"output\":\"ok\"")),
        part("prt_8", "msg_4", "{\"type\":\"text\",\"text\":\"look at a\"}"),
        part("prt_9", "msg_5", tool("grep", "completed", "\"output\":\"1\"")));

    read(file);

    assertThat(events("session_started")).hasSize(1);
    assertThat(events("user_prompt")).hasSize(1);
    assertThat(events("tool_call")).hasSize(5);
    assertThat(failed()).isEqualTo(3);
    assertThat(events("tool_rejected")).hasSize(1);
    assertThat(events("tool_call"))
        .allMatch(call -> Long.valueOf(1500).equals(call.get(Field.DURATION_MS)));
    assertThat(events("tool_call").stream().map(call -> call.text(Field.AGENT_NAME)).distinct())
        .containsExactlyInAnyOrder("main", "explore");
    assertThat(events("error"))
        .singleElement()
        .satisfies(e -> assertThat(e.details()).containsEntry("error_type", "overloaded"));
    assertThat(events("model_call")).hasSize(3);
    assertThat(detail("input_tokens")).isEqualTo(50 + 70 + 5);
    assertThat(detail("output_tokens")).isEqualTo(25 + 10 + 2);
    assertThat(detail("cache_read_tokens")).isEqualTo(40);
    assertThat(detail("cache_write_tokens")).isEqualTo(3);
  }

  private static String message(String id, String session, String data) {
    return "INSERT INTO message VALUES ('"
        + id
        + "', '"
        + session
        + "', 1767261601000, 1767261601000, '"
        + data
        + "')";
  }

  private static String part(String id, String message, String data) {
    return "INSERT INTO part VALUES ('"
        + id
        + "', '"
        + message
        + "', '', 1767261602000, 1767261602000, '"
        + data
        + "')";
  }

  private static String tool(String name, String status, String more) {
    return "{\"type\":\"tool\",\"tool\":\""
        + name
        + "\",\"callID\":\"c\",\"state\":{\"status\":\""
        + status
        + "\",\"input\":{\"a\":1},\"time\":{\"start\":1767261602000,\"end\":1767261603500},"
        + more
        + "}}";
  }

  @Test
  void aDatabaseOfNobodyIsToldAndItsNeighbourIsRead() throws IOException, SQLException {
    Path file = crush();
    run(file.resolveSibling("other.db"), "CREATE TABLE x (y INTEGER)");
    Files.writeString(file.resolveSibling("broken.db"), "SQLite format 3\0 and nothing else");
    List<String> left = new ArrayList<>();

    index
        .importer()
        .run(
            List.of(folder.resolve("shop")),
            index.home().importOptions(),
            new ImportListener() {
              @Override
              public void skipped(Path path, String reason) {
                left.add(path.getFileName() + ": " + reason);
              }
            });

    assertThat(events("tool_call")).hasSize(41);
    assertThat(left).hasSize(2).anyMatch(line -> line.startsWith("other.db: nothing known"));
  }
}
