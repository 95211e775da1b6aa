package dev.flightlog.tasks.index;

import dev.flightlog.tasks.TaskStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks, in which order, how many at once. Everything that is given must hold; null and empty
 * mean any. Immutable; begins with {@link #all}.
 *
 * @param from created at this time or later
 * @param to created before this time
 * @param agent the agent that has it
 * @param minCost US dollars; a task of unknown cost is not found
 * @param text words that stand in request or error, in any case and order: {@code "in quotes"} next
 *     to each other, {@code deplo*} as a beginning
 * @param limit 1 to {@link #MOST}
 * @param page where to go on, from {@link TaskPage#next} of the same search; null at its beginning
 */
public record TaskQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    Set<TaskStatus> statuses,
    @Nullable String agent,
    @Nullable String provider,
    @Nullable String source,
    @Nullable Double minCost,
    @Nullable String text,
    Sort sort,
    int limit,
    @Nullable String page) {

  /** The most tasks of one page. */
  public static final int MOST = 1000;

  /** Equal ones by their time, newest first. */
  public enum Sort {
    NEWEST,
    OLDEST,
    /** Tasks of unknown cost are not listed. */
    COSTLIEST,
    /** Tasks of unknown duration are not listed. */
    LONGEST
  }

  public TaskQuery {
    statuses = Set.copyOf(statuses);
    if (limit < 1 || limit > MOST) {
      throw TaskIndexException.wrong("a page has 1 to " + MOST + " tasks, not " + limit);
    }
  }

  /** All tasks, newest first, 50 at once. */
  public static TaskQuery all() {
    return new TaskQuery(null, null, Set.of(), null, null, null, null, null, Sort.NEWEST, 50, null);
  }

  public TaskQuery from(@Nullable Instant time) {
    return new TaskQuery(
        time, to, statuses, agent, provider, source, minCost, text, sort, limit, page);
  }

  public TaskQuery to(@Nullable Instant time) {
    return new TaskQuery(
        from, time, statuses, agent, provider, source, minCost, text, sort, limit, page);
  }

  public TaskQuery statuses(Set<TaskStatus> any) {
    return new TaskQuery(from, to, any, agent, provider, source, minCost, text, sort, limit, page);
  }

  public TaskQuery agent(@Nullable String name) {
    return new TaskQuery(
        from, to, statuses, name, provider, source, minCost, text, sort, limit, page);
  }

  public TaskQuery provider(@Nullable String name) {
    return new TaskQuery(from, to, statuses, agent, name, source, minCost, text, sort, limit, page);
  }

  public TaskQuery source(@Nullable String name) {
    return new TaskQuery(
        from, to, statuses, agent, provider, name, minCost, text, sort, limit, page);
  }

  public TaskQuery minCost(@Nullable Double usd) {
    return new TaskQuery(from, to, statuses, agent, provider, source, usd, text, sort, limit, page);
  }

  public TaskQuery text(@Nullable String words) {
    return new TaskQuery(
        from, to, statuses, agent, provider, source, minCost, words, sort, limit, page);
  }

  public TaskQuery sort(Sort order) {
    return new TaskQuery(
        from, to, statuses, agent, provider, source, minCost, text, order, limit, page);
  }

  public TaskQuery limit(int tasks) {
    return new TaskQuery(
        from, to, statuses, agent, provider, source, minCost, text, sort, tasks, page);
  }

  public TaskQuery page(@Nullable String next) {
    return new TaskQuery(
        from, to, statuses, agent, provider, source, minCost, text, sort, limit, next);
  }
}
