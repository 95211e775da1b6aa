package dev.flightlog.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL statements that a store brings along. Each ends with a line that ends with a semicolon; lines
 * that begin with two dashes are comments. Stateless.
 */
public final class SqlScript {
  private SqlScript() {}

  /**
   * Reads and closes a script.
   *
   * @param resource what the class of the store has of this name; null when it has none
   * @throws IllegalStateException when it is missing or cannot be read
   */
  public static List<String> statements(@Nullable InputStream resource, String name) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text(resource, name).split("\n", -1)) {
      if (line.startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      if (line.endsWith(";")) {
        statements.add(statement.substring(0, statement.length() - 2));
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static String text(@Nullable InputStream resource, String name) {
    if (resource == null) {
      throw new IllegalStateException("the program is incomplete: " + name + " is missing");
    }
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the program is damaged: " + name, e);
    }
  }
}
