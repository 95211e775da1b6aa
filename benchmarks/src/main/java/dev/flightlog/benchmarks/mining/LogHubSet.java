package dev.flightlog.benchmarks.mining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of LogHub's sets of 2,000 lines with the group that people gave to each line.
 *
 * @param lines a file in scratch space: the messages without their headers, or whole lines
 * @param groups one a line
 */
record LogHubSet(String name, Path lines, List<String> groups) {
  /** All sets below the folder of LogHub, by name; their lines are copied to the scratch folder. */
  static List<LogHubSet> all(Path loghub, Path scratch, boolean whole) throws IOException {
    List<LogHubSet> sets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(loghub, 3)) {
      for (Path file :
          files
              .filter(each -> each.toString().endsWith("_2k.log_structured.csv"))
              .sorted()
              .toList()) {
        sets.add(read(file, scratch, whole));
      }
    } catch (UncheckedIOException e) {
      throw new IOException(loghub + " cannot be read", e);
    }
    return sets;
  }

  private static LogHubSet read(Path structured, Path scratch, boolean whole) throws IOException {
    String name = String.valueOf(structured.getFileName()).replace("_2k.log_structured.csv", "");
    List<List<String>> rows = rows(Files.readString(structured, StandardCharsets.UTF_8));
    int content = rows.getFirst().indexOf("Content");
    int event = rows.getFirst().indexOf("EventId");
    List<String> lines = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      lines.add(row.get(content).replace('\n', ' ').replace('\r', ' '));
      groups.add(row.get(event));
    }
    Path out = scratch.resolve(name + ".txt");
    if (whole) {
      String log =
          Files.readString(structured.resolveSibling(name + "_2k.log"), StandardCharsets.UTF_8);
      lines = List.of(log.replace("\r", "").split("\n"));
    }
    Files.writeString(out, String.join("\n", lines) + "\n");
    return new LogHubSet(name, out, groups);
  }

  /** RFC 4180, without a library, because a cell may hold anything. */
  private static List<List<String>> rows(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        cell.append(csv.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        cell.append(c);
      }
    }
    if (!row.isEmpty()) {
      row.add(cell.toString());
      rows.add(row);
    }
    return rows;
  }
}
