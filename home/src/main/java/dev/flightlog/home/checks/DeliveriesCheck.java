package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether the webhook deliveries on disk can be read, and what of them is not handled yet. */
final class DeliveriesCheck {
  private DeliveriesCheck() {}

  static Check of(Home home) {
    Path file = home.path().resolve("deliveries.db");
    if (!Files.exists(file)) {
      return Check.ok("deliveries", "no webhook yet");
    }
    String address = "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=ro";
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      String verdict = text(statement, "SELECT quick_check FROM pragma_quick_check LIMIT 1");
      if (!verdict.equals("ok")) {
        return Check.wrong(
            "deliveries", file + " is damaged: stop serve, move it away, and start serve again");
      }
      // Files of an earlier version have no such table.
      boolean any =
          text(statement, "SELECT 1 FROM sqlite_schema WHERE name = 'set_aside'").equals("1");
      String aside =
          any
              ? text(
                  statement,
                  "SELECT count(*) || '; the first, ' || provider || ' ' || delivery_id || ': ' || reason"
                      + " FROM (SELECT * FROM set_aside JOIN deliveries USING (seq) ORDER BY seq)"
                      + " HAVING count(*) > 0")
              : "";
      if (!aside.isEmpty()) {
        return Check.wrong(
            "deliveries",
            "deliveries that nobody could handle, set aside: " + SafeText.shortened(aside, 300));
      }
      long open =
          Long.parseLong(text(statement, "SELECT count(*) FROM deliveries WHERE body IS NOT NULL"));
      return Check.ok(
          "deliveries",
          open == 0
              ? "every delivery was handled"
              : Units.count(open, "delivery").replace("deliverys", "deliveries")
                  + " to be handled: serve does it");
    } catch (SQLException e) {
      return Check.wrong("deliveries", file + " cannot be read: " + e.getMessage());
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
