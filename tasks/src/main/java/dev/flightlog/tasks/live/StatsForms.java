package dev.flightlog.tasks.live;

import dev.flightlog.tasks.live.TaskStats.Figures;
import dev.flightlog.tasks.live.TaskStats.Window;
import dev.flightlog.wording.Csv;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures for programs and for people. Stateless. */
public final class StatsForms {
  /** The columns of {@link #rows}. */
  public static final List<String> COLUMNS =
      List.of(
          "window",
          "agent",
          "requests",
          "outcomes",
          "succeeded",
          "success_rate",
          "requests_per_minute",
          "p50_ms",
          "p95_ms",
          "p99_ms");

  private StatsForms() {}

  /** A row a window, then one for each of its agents; cells are text, numbers and null. */
  public static List<List<@Nullable Object>> rows(TaskStats stats) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Window window : stats.windows()) {
      rows.add(row(window.name(), null, window.total(), window.requestsPerMinute()));
      window
          .agents()
          .forEach((agent, figures) -> rows.add(row(window.name(), agent, figures, null)));
    }
    return rows;
  }

  private static List<@Nullable Object> row(
      String window, @Nullable String agent, Figures of, @Nullable Double perMinute) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(window);
    cells.add(agent);
    cells.add(agent == null ? (Long) of.requests() : null);
    cells.add(of.outcomes());
    cells.add(of.succeeded());
    cells.add(rounded(of.successRate(), 10_000));
    cells.add(rounded(perMinute, 100));
    cells.add(rounded(of.p50(), 1));
    cells.add(rounded(of.p95(), 1));
    cells.add(rounded(of.p99(), 1));
    return cells;
  }

  private static @Nullable Number rounded(@Nullable Double value, int parts) {
    if (value == null) {
      return null;
    }
    long whole = Math.round(value * parts);
    return parts == 1 ? (Number) whole : (Number) ((double) whole / parts);
  }

  /** The figures as maps and lists, for JSON: {@code {"at":…,"windows":[{"window":"1m",…}]}}. */
  public static Map<String, @Nullable Object> map(TaskStats stats) {
    List<Object> windows = new ArrayList<>();
    for (Window window : stats.windows()) {
      Map<String, @Nullable Object> one =
          members(row(window.name(), null, window.total(), window.requestsPerMinute()), 0);
      one.remove("agent");
      List<Object> agents = new ArrayList<>();
      window
          .agents()
          .forEach((agent, figures) -> {
            Map<String, @Nullable Object> of = members(row("", agent, figures, null), 1);
            of.remove("requests");
            of.remove("requests_per_minute");
            agents.add(of);
          });
      one.put("agents", agents);
      windows.add(one);
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("at", stats.at().toString());
    all.put("windows", windows);
    return all;
  }

  private static Map<String, @Nullable Object> members(List<@Nullable Object> row, int from) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = from; i < row.size(); i++) {
      members.put(COLUMNS.get(i), row.get(i));
    }
    return members;
  }

  /**
   * A line a window, then the agents of the last one, for people; the names as they are.
   *
   * @param names makes a name fit for where it is shown
   */
  public static String text(TaskStats stats, java.util.function.UnaryOperator<String> names) {
    StringBuilder out = new StringBuilder();
    for (Window window : stats.windows()) {
      out.append(line(window.length() == null ? "all time" : "last " + window.name()));
      out.append(sentence(window.total(), window.requestsPerMinute())).append('\n');
    }
    if (!stats.windows().isEmpty()) {
      stats
          .windows()
          .getLast()
          .agents()
          .forEach((agent, figures) ->
              out.append("  ")
                  .append(names.apply(agent))
                  .append(": ")
                  .append(sentence(figures, null))
                  .append('\n'));
    }
    return out.toString();
  }

  private static String line(String name) {
    return String.format(Locale.ROOT, "%-9s ", name);
  }

  private static String sentence(Figures of, @Nullable Double perMinute) {
    StringBuilder out = new StringBuilder();
    if (of.requests() > 0 || perMinute != null) {
      out.append(of.requests()).append(of.requests() == 1 ? " request" : " requests");
      if (perMinute != null && perMinute > 0) {
        out.append(String.format(Locale.ROOT, " (%.1f a minute)", perMinute));
      }
      out.append(", ");
    }
    out.append(of.outcomes()).append(of.outcomes() == 1 ? " outcome" : " outcomes");
    Double rate = of.successRate();
    if (rate != null) {
      out.append(String.format(Locale.ROOT, ", %.1f %% succeeded", rate * 100));
    }
    if (of.p50() != null && of.p95() != null) {
      out.append(
          String.format(Locale.ROOT, ", p50 %.1f s, p95 %.1f s", of.p50() / 1000, of.p95() / 1000));
    }
    return out.toString();
  }

  /** The rows as lines of CSV behind their time, for a file that grows. */
  public static String csv(TaskStats stats) {
    StringBuilder out = new StringBuilder();
    for (List<@Nullable Object> row : rows(stats)) {
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(stats.at());
      cells.addAll(row);
      Csv.appendRow(out, cells.toArray());
    }
    return out.toString();
  }
}
