package dev.flightlog.tasks.index;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.tasks.folder.TaskFolders;
import java.util.List;
import java.util.Set;

/**
 * Follows the task events of a store into the index of tasks: what arrived and the place behind it
 * are one transaction. When the place is none of this store's any more, or events were forgotten
 * that may be in here, the index is begun anew.
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
  private final TaskIndex index;

  CatchUp(EventStore store, TaskIndex index) {
    this.store = store;
    this.index = index;
  }

  /** Answers how many events were taken in. */
  long run() {
    Cursor at = index.place();
    if (at.equals(Cursor.BEGINNING) && hasNoTasks()) {
      return 0;
    }
    long read = 0;
    while (true) {
      switch (store.changes(at, OF_TASKS, BATCH)) {
        case Changes.Unknown _ -> at = anew();
        case Changes.Page page when !page.forgotten().isEmpty() -> at = anew();
        case Changes.Page page -> {
          if (!page.next().equals(at)) {
            index.takeIn(page.events(), page.next());
          }
          read += page.events().size();
          if (!page.more()) {
            return read;
          }
          at = page.next();
        }
      }
    }
  }

  private Cursor anew() {
    index.empty();
    return Cursor.BEGINNING;
  }

  /** A store without tasks, which knows that from its sums, is not read from its beginning. */
  private boolean hasNoTasks() {
    Cursor latest = store.latest();
    long tasks = store.aggregate(Aggregate.of(OF_TASKS, Measure.count())).getFirst().whole(0);
    if (tasks == 0) {
      index.takeIn(List.of(), latest);
    }
    return tasks == 0;
  }
}
