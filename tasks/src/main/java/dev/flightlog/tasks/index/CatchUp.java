package dev.flightlog.tasks.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.tasks.folder.TaskFolders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the task events of a store into the index of tasks. A store has no order of arrival, and
 * an import may bring what happened long ago; so the store's counts, which it has at hand, are
 * compared with those that were taken in, first by day, and an hour that differs is read again.
 * Reading an event twice changes nothing.
 */
final class CatchUp {
  static final Set<String> TYPES =
      Set.of(
          EventTypes.TASK_REQUEST,
          EventTypes.EVALUATION,
          EventTypes.TASK_ASSIGNED,
          EventTypes.TASK_UNASSIGNED,
          EventTypes.TASK_OUTCOME,
          TaskFolders.TASK_STATUS);
  private static final Filter OF_TASKS = Filter.in(Attribute.of(Field.EVENT_TYPE), TYPES);
  private static final int BATCH = 20_000;

  private final EventStore store;
  private final Connection connection;
  private final TaskIndex index;

  CatchUp(EventStore store, Connection connection, TaskIndex index) {
    this.store = store;
    this.connection = connection;
    this.index = index;
  }

  /** What there is in an hour; a sum besides the count, because events can be completed later. */
  private record Content(long events, long sum) {
    Content plus(Content other) {
      return new Content(events + other.events, sum + other.sum);
    }
  }

  long run() throws SQLException {
    Map<Long, Content> known = known();
    Map<Long, Content> days = new HashMap<>();
    known.forEach((hour, content) -> days.merge(Span.DAY.startOf(hour), content, Content::plus));
    long read = 0;
    for (Row row : contents(OF_TASKS, Span.DAY)) {
      long day = start(row);
      if (!content(row).equals(days.get(day))) {
        Filter span = Filter.and(Filter.since(day), Filter.until(day + Span.DAY.micros()));
        read += readDay(contents(Filter.and(OF_TASKS, span), Span.HOUR), known);
      }
    }
    return read;
  }

  private List<Row> contents(Filter filter, Span span) {
    Aggregate sums =
        Aggregate.of(filter, Measure.count(), Measure.sum(Attribute.of(Field.DURATION_MS)))
            .by(Dimension.by(span));
    return store.aggregate(sums);
  }

  private static long start(Row row) {
    return row.key().getFirst() instanceof Long start ? start : 0;
  }

  private static Content content(Row row) {
    return new Content(row.whole(0), row.whole(1));
  }

  private long readDay(List<Row> hours, Map<Long, Content> known) throws SQLException {
    long read = 0;
    long from = 0;
    long to = Long.MIN_VALUE;
    Map<Long, Content> open = new HashMap<>();
    for (Row row : hours) {
      long hour = start(row);
      Content content = content(row);
      if (content.equals(known.get(hour))) {
        continue;
      }
      if (hour != to && !open.isEmpty()) {
        read += take(from, to, open);
        open.clear();
      }
      from = open.isEmpty() ? hour : from;
      to = hour + Span.HOUR.micros();
      open.put(hour, content);
    }
    return open.isEmpty() ? read : read + take(from, to, open);
  }

  private Map<Long, Content> known() throws SQLException {
    Map<Long, Content> known = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT hour, events, sum FROM hours");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        known.put(rows.getLong(1), new Content(rows.getLong(2), rows.getLong(3)));
      }
    }
    return known;
  }

  /** Reads neighbouring hours, then notes them: killed in between, they are read again. */
  private long take(long from, long to, Map<Long, Content> hours) throws SQLException {
    long read = 0;
    Filter span = Filter.and(OF_TASKS, Filter.since(from), Filter.until(to));
    ReadRequest request = ReadRequest.oldestFirst(span);
    try (Answer answer = store.read(request)) {
      Filter unmet = answer.unmet();
      Iterator<Event> events = answer.events().filter(unmet::matches).iterator();
      List<Event> batch = new ArrayList<>();
      while (events.hasNext()) {
        batch.add(events.next());
        read++;
        if (batch.size() == BATCH || !events.hasNext()) {
          index.add(batch);
          batch.clear();
        }
      }
    }
    TaskDatabase.transaction(connection, () -> note(hours));
    return read;
  }

  private void note(Map<Long, Content> hours) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO hours VALUES (?, ?, ?)")) {
      for (Map.Entry<Long, Content> hour : hours.entrySet()) {
        statement.setLong(1, hour.getKey());
        statement.setLong(2, hour.getValue().events());
        statement.setLong(3, hour.getValue().sum());
        statement.executeUpdate();
      }
    }
  }
}
