package dev.flightlog.learning.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occasion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Of 273 real sessions, what the earlier half teaches, and which repeated errors of the later half
 * that speaks of. Only counts by tool and class are known of them: an error is repeated when its
 * class was met before, and failed shell commands are left out, since their programs are not known.
 */
class CoverageTest {
  private static final Map<String, String> TYPES =
      Map.of(
          "not_read", "file_not_read",
          "missing_file", "file_not_found",
          "too_large", "file_too_large",
          "modified_since_read", "file_modified",
          "other", "tool_error");

  private record Row(
      String session, long micros, String tool, String errorClass, int errors, int calls) {
    static Row of(String line) {
      String[] cells = line.split(",", -1);
      return new Row(
          cells[0],
          Instant.parse(cells[1]).toEpochMilli() * 1000,
          cells[5],
          cells[6],
          Integer.parseInt(cells[7]),
          Integer.parseInt(cells[8]));
    }

    boolean isWhole() {
      return errorClass.equals("*");
    }
  }

  private static List<Row> rows() throws IOException {
    String name = "/dev/flightlog/learning/trial/entire_sessions.csv";
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(CoverageTest.class.getResourceAsStream(name)), UTF_8))) {
      return in.lines().skip(1).map(Row::of).toList();
    }
  }

  private static ErrorFact error(Row row, int number) {
    String type = TYPES.getOrDefault(row.errorClass, row.errorClass);
    return new ErrorFact(
        new Occasion(row.session, row.micros + number, null, null),
        row.session + row.tool + type + number,
        row.tool,
        type,
        "",
        type,
        "",
        1,
        1,
        List.of(),
        null,
        "",
        "",
        "");
  }

  @Test
  void rulesOfTheEarlierHalfSpeakOfMostRepeatedErrorsOfTheLaterOne() throws IOException {
    List<Row> rows = rows();
    Map<Long, String> byStart = new TreeMap<>();
    Set<String> known = new HashSet<>();
    for (Row row : rows) {
      long start = row.micros;
      while (known.add(row.session) && byStart.putIfAbsent(start, row.session) != null) {
        known.remove(row.session);
        start++;
      }
    }
    List<String> sessions = new ArrayList<>(byStart.values());
    Set<String> earlier = new HashSet<>(sessions.subList(0, sessions.size() / 2));
    Map<String, Long> worked = new TreeMap<>();
    Map<String, Long> failed = new TreeMap<>();
    List<ErrorFact> errors = new ArrayList<>();
    for (Row row : rows) {
      if (row.isWhole() && earlier.contains(row.session)) {
        worked.merge(row.tool, (long) row.calls - row.errors, Long::sum);
        failed.merge(row.tool, (long) row.errors, Long::sum);
      }
      for (int i = 0; !row.isWhole() && !row.tool.equals("Bash") && i < row.errors; i++) {
        errors.add(error(row, i));
      }
    }

    Backtest test = Backtest.of(errors, earlier, new ToolCalls(worked, failed));

    System.out.printf(
        Locale.ROOT,
        "coverage: learnt from %d sessions, of %d repeated errors of %d later ones rules speak of %d (%.0f %%)%n",
        earlier.size(),
        test.repeated(),
        sessions.size() - earlier.size(),
        test.covered(),
        100.0 * test.covered() / test.repeated());
    for (Backtest.ErrorClass each : test.classes()) {
      System.out.printf(
          "  %3d  %s: %s%n",
          each.repeated(), each.label(), each.rule().map(Rule::text).orElse("no rule"));
    }
    assertThat(sessions).hasSize(273);
    assertThat((double) test.covered() / test.repeated()).isGreaterThanOrEqualTo(0.5);
  }
}
