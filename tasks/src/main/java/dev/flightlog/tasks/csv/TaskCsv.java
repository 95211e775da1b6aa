package dev.flightlog.tasks.csv;

import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as CSV (RFC 4180, but lines end in a line feed): a line a task, written as it comes. What
 * people and agents wrote is quoted; a text in which a spreadsheet could find a formula gets an
 * apostrophe in front. Confidences are 0 to 100, times are seconds. For one thread.
 *
 * <p>A task that no agent has ends in {@code ,,,false,0,} and the reason. One that is not at its
 * end has neither success nor time.
 */
public final class TaskCsv {
  /** The first line. */
  public static final String HEADER =
      "timestamp,user_id,request,assigned_agent,confidence,other_agents_confidence,success,"
          + "execution_time,error_message";

  private static final String WAITING = "No agent assigned";

  /** What begins a formula, also in its full-width form. */
  private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private final Appendable out;

  /** Writes the header. */
  public TaskCsv(Appendable out) throws IOException {
    this.out = out;
    out.append(HEADER).append('\n');
  }

  /** Writes one task. */
  public void write(IndexedTask task) throws IOException {
    out.append(task.createdAt().toString()).append(',');
    out.append(cell(task.userId())).append(',');
    out.append(quoted(task.request())).append(',');
    String agent = task.agent();
    if (agent == null) {
      out.append(",,,false,0,").append(quoted(reason(task)));
    } else {
      out.append(cell(agent)).append(',');
      out.append(percent(task.confidence())).append(',');
      out.append(quoted(others(task.evaluations(), agent))).append(',');
      out.append(task.success() == null ? "" : task.success().toString()).append(',');
      out.append(seconds(task.durationMs())).append(',');
      out.append(quoted(task.error()));
    }
    out.append('\n');
  }

  private static String reason(IndexedTask task) {
    String error = task.error();
    return error != null ? error : task.status() == TaskStatus.CANCELLED ? "Cancelled" : WAITING;
  }

  /** The agents that did not get it, surest first: {@code Writer:30;Builder:15}. */
  private static String others(Map<String, Double> evaluations, String agent) {
    List<Map.Entry<String, Double>> all = new ArrayList<>(evaluations.entrySet());
    all.removeIf(each -> each.getKey().equals(agent));
    all.sort(
        Map.Entry.<String, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Double> each : all) {
      text.append(text.isEmpty() ? "" : ";")
          .append(each.getKey().replace(';', ','))
          .append(':')
          .append(percent(each.getValue()));
    }
    return text.toString();
  }

  /** 0 to 100, with at most two decimals. */
  private static String percent(@Nullable Double score) {
    return score == null ? "" : plain(BigDecimal.valueOf(score).movePointRight(2), 2);
  }

  private static String seconds(@Nullable Long millis) {
    return millis == null ? "" : plain(BigDecimal.valueOf(millis, 3), 3);
  }

  private static String plain(BigDecimal number, int decimals) {
    BigDecimal rounded = number.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** A cell of somebody's text: empty, or between quotes. */
  private static String quoted(@Nullable String text) {
    return text == null || text.isEmpty() ? "" : '"' + safe(text).replace("\"", "\"\"") + '"';
  }

  /**
   * A cell of a name, a number, or nothing, between quotes only where it must be. Only numbers may
   * begin as a formula does.
   */
  public static String cell(@Nullable Object value) {
    String name = value == null ? "" : value.toString();
    if (name.isEmpty() || value instanceof Number) {
      return name;
    }
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain && name.equals(name.strip()) ? safe(name) : quoted(name);
  }

  private static String safe(String text) {
    int i = 0;
    while (i < text.length() && (text.charAt(i) <= ' ' || Character.isWhitespace(text.charAt(i)))) {
      i++;
    }
    boolean formula = i < text.length() && FORMULA.indexOf(text.charAt(i)) >= 0;
    boolean control = text.charAt(0) == '\t' || text.charAt(0) == '\r' || text.charAt(0) == '\n';
    String clean = text.replace("\0", "\\0");
    return formula || control ? "'" + clean : clean;
  }
}
