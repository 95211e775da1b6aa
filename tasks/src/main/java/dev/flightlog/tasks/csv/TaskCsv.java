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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as {@link Csv}: a line a task, written as it comes. What people and agents wrote is always
 * quoted. Confidences are 0 to 100, times are seconds. For one thread.
 *
 * <p>A task that no agent has ends in {@code ,,,false,0,} and the reason. One that is not at its
 * end has neither success nor time.
 */
public final class TaskCsv {
  private record Column(String name, Function<IndexedTask, @Nullable Object> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("timestamp", IndexedTask::createdAt),
          new Column("user_id", IndexedTask::userId),
          new Column("request", task -> new Csv.Quoted(task.request())),
          new Column("assigned_agent", IndexedTask::agent),
          new Column("confidence", task -> isWaiting(task) ? null : percent(task.confidence())),
          new Column("other_agents_confidence", TaskCsv::others),
          new Column("success", task -> isWaiting(task) ? (Boolean) false : task.success()),
          new Column("execution_time", task -> isWaiting(task) ? 0 : seconds(task.durationMs())),
          new Column("error_message", task -> new Csv.Quoted(reason(task))));

  private static final String WAITING = "No agent assigned";

  private final Appendable out;

  /** Writes the header. */
  public TaskCsv(Appendable out) throws IOException {
    this.out = out;
    out.append(String.join(",", COLUMNS.stream().map(Column::name).toList())).append('\n');
  }

  /** Writes one task. */
  public void write(IndexedTask task) throws IOException {
    out.append(Csv.row(COLUMNS.stream().map(column -> column.value().apply(task)).toArray()));
  }

  private static boolean isWaiting(IndexedTask task) {
    return task.agent() == null;
  }

  private static @Nullable String reason(IndexedTask task) {
    return task.error() != null || !isWaiting(task)
        ? task.error()
        : task.status() == TaskStatus.CANCELLED ? "Cancelled" : WAITING;
  }

  /** The agents that did not get it, surest first: {@code Writer:30;Builder:15}. */
  private static Csv.@Nullable Quoted others(IndexedTask task) {
    if (isWaiting(task)) {
      return null;
    }
    List<Map.Entry<String, Double>> all = new ArrayList<>(task.evaluations().entrySet());
    all.removeIf(each -> each.getKey().equals(task.agent()));
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
    return new Csv.Quoted(text.toString());
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
