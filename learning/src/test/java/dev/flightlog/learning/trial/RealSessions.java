package dev.flightlog.learning.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** 273 real sessions: how many calls of a tool each had, and how many failed in a stated way. */
final class RealSessions {
  /** A session, without an arm. */
  record Counts(String start, int errors, int calls) {}

  private RealSessions() {}

  /** The sessions that called the tool, by their start; class {@code *} counts every error. */
  static List<Counts> of(String tool, String errorClass) {
    Map<String, Counts> bySession = new LinkedHashMap<>();
    for (String[] row : rows()) {
      if (row[5].equals(tool) && row[6].equals("*")) {
        int errors = errorClass.equals("*") ? Integer.parseInt(row[7]) : 0;
        bySession.put(row[0], new Counts(row[1], errors, Integer.parseInt(row[8])));
      }
    }
    for (String[] row : rows()) {
      if (row[5].equals(tool) && row[6].equals(errorClass) && !errorClass.equals("*")) {
        bySession.computeIfPresent(
            row[0],
            (id, counts) -> new Counts(counts.start(), Integer.parseInt(row[7]), counts.calls()));
      }
    }
    return bySession.values().stream().sorted(Comparator.comparing(Counts::start)).toList();
  }

  /** The same sessions with arms drawn anew: whatever the rule is, it changed nothing. */
  static List<SessionOutcome> assigned(List<Counts> sessions, Random random) {
    List<SessionOutcome> result = new ArrayList<>(sessions.size());
    for (Counts session : sessions) {
      result.add(new SessionOutcome(random.nextBoolean(), session.errors(), session.calls()));
    }
    return result;
  }

  private static List<String[]> rows() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RealSessions.class.getResourceAsStream("entire_sessions.csv")),
                UTF_8))) {
      return in.lines().skip(1).map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
