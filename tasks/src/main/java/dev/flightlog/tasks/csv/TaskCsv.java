package dev.flightlog.tasks.csv;

import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.wording.Csv;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as {@link Csv}: a line a task, written as it comes. What people and agents wrote is always
 * quoted. Confidences are 0 to 100, times are seconds. For one thread.
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

  private final Appendable out;

  /** Writes the header. */
  public TaskCsv(Appendable out) throws IOException {
    this.out = out;
    out.append(HEADER).append('\n');
  }

  /** Writes one task. */
  public void write(IndexedTask task) throws IOException {
    String agent = task.agent();
    Csv.Quoted request = new Csv.Quoted(task.request());
    out.append(
        agent == null
            ? Csv.row(
                task.createdAt(),
                task.userId(),
                request,
                null,
                null,
                null,
                false,
                0,
                new Csv.Quoted(reason(task)))
            : Csv.row(
                task.createdAt(),
                task.userId(),
                request,
                agent,
                percent(task.confidence()),
                new Csv.Quoted(others(task.evaluations(), agent)),
                task.success(),
                seconds(task.durationMs()),
                new Csv.Quoted(task.error())));
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
  private static @Nullable Number percent(@Nullable Double score) {
    return score == null ? null : plain(BigDecimal.valueOf(score).movePointRight(2), 2);
  }

  private static @Nullable Number seconds(@Nullable Long millis) {
    return millis == null ? null : plain(BigDecimal.valueOf(millis, 3), 3);
  }

  private static BigDecimal plain(BigDecimal number, int decimals) {
    BigDecimal rounded = number.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
