package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a queue promises, as plainly as it can be said; times are milliseconds. */
final class ModelQueue {
  /** One task. */
  static final class Item {
    final TaskId id;
    QueueState state = QueueState.READY;
    int attempts;
    long token;
    long until;
    boolean cancel;

    Item(TaskId id, long until) {
      this.id = id;
      this.until = until;
    }
  }

  final Map<TaskId, Item> items = new LinkedHashMap<>();
  private final RetryPolicy retries;

  ModelQueue(RetryPolicy retries) {
    this.retries = retries;
  }

  boolean push(TaskId id, long now) {
    return items.putIfAbsent(id, new Item(id, now)) == null;
  }

  /** Those among which take may choose: the dead ones' first, then who is ready longest. */
  List<TaskId> next(long now) {
    List<Item> free = new ArrayList<>();
    for (Item item : items.values()) {
      boolean open = item.state == QueueState.READY || item.state == QueueState.TAKEN;
      if (open && item.until <= now) {
        free.add(item);
      }
    }
    Comparator<Item> order =
        Comparator.<Item, Boolean>comparing(item -> item.state == QueueState.READY)
            .thenComparingLong(item -> item.until);
    Optional<Item> first = free.stream().min(order);
    // Two that came free within some milliseconds may change places.
    return first.isEmpty()
        ? List.of()
        : free.stream()
            .filter(i -> i.state == first.get().state && i.until < first.get().until + 500)
            .map(i -> i.id)
            .toList();
  }

  Item taken(TaskId id, long now, long lease) {
    Item item = item(id);
    item.state = QueueState.TAKEN;
    item.attempts++;
    item.token++;
    item.until = now + lease;
    return item;
  }

  private Item item(TaskId id) {
    return Objects.requireNonNull(items.get(id), id.value());
  }

  private boolean holds(Lease lease) {
    Item item = items.get(lease.taskId());
    return item != null && item.state == QueueState.TAKEN && item.token == lease.token();
  }

  Renewal renew(Lease lease, long now, long time) {
    if (!holds(lease)) {
      return Renewal.LOST;
    }
    Item item = item(lease.taskId());
    item.until = now + time;
    return item.cancel ? Renewal.CANCEL : Renewal.RENEWED;
  }

  boolean finish(Lease lease, long now) {
    return holds(lease) && done(item(lease.taskId()), now);
  }

  private static boolean done(Item item, long now) {
    item.state = QueueState.DONE;
    item.until = now;
    return true;
  }

  TaskQueue.Verdict fail(Lease lease, long now) {
    if (!holds(lease)) {
      return TaskQueue.Verdict.LOST;
    }
    Item item = item(lease.taskId());
    if (item.cancel) {
      done(item, now);
      return TaskQueue.Verdict.CANCELLED;
    }
    boolean last = lease.attempt() >= retries.attempts();
    item.state = last ? QueueState.PARKED : QueueState.READY;
    item.until = now + (last ? 0 : retries.pauseAfter(lease.attempt()).toMillis());
    return last ? TaskQueue.Verdict.PARKED : TaskQueue.Verdict.RETRIED;
  }

  boolean release(Lease lease, long now) {
    if (!holds(lease)) {
      return false;
    }
    Item item = item(lease.taskId());
    item.state = QueueState.READY;
    item.attempts--;
    item.until = now;
    return true;
  }

  TaskQueue.Cancellation cancel(TaskId id, long now) {
    Item item = items.get(id);
    if (item == null || item.state == QueueState.DONE) {
      return TaskQueue.Cancellation.NOTHING;
    }
    item.cancel = true;
    if (item.state == QueueState.TAKEN) {
      return TaskQueue.Cancellation.REQUESTED;
    }
    done(item, now);
    return TaskQueue.Cancellation.CANCELLED;
  }

  boolean retry(TaskId id, long now) {
    Item item = items.get(id);
    if (item == null || (item.state != QueueState.PARKED && item.state != QueueState.DONE)) {
      return false;
    }
    item.cancel = false;
    item.state = QueueState.READY;
    item.attempts = 0;
    item.until = now;
    return true;
  }

  int forget(long before) {
    int known = items.size();
    items.values().removeIf(item -> item.state == QueueState.DONE && item.until < before);
    return known - items.size();
  }
}
