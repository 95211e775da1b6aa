package dev.flightlog.tasks.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolders;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One task while what is told about it is put together. The result does not depend on the order in
 * which it is told, nor on how often: the status is the one with the newest time, at equal times
 * the one that comes later in a task's life; a task began when the first thing about it happened.
 * Not thread-safe.
 */
final class TaskRow {
  static final String NOBODY = "No agent confident enough";
  private static final String FROM_EVENTS = "events";

  /** 0 for a row that is not in the file yet. */
  long id;

  final String taskId;
  @Nullable String source;
  @Nullable String provider;
  long created = Long.MAX_VALUE;
  @Nullable Long started;
  @Nullable Long ended;
  TaskStatus status = TaskStatus.QUEUED;
  long statusAt = Long.MIN_VALUE;
  @Nullable String userId;
  @Nullable String request;
  @Nullable String agent;
  @Nullable String agentType;
  @Nullable String model;
  @Nullable Double confidence;
  Map<String, Double> evaluations = new TreeMap<>();
  @Nullable Boolean success;
  @Nullable Long durationMs;
  @Nullable Double cost;
  @Nullable String error;

  /** Set when a text changed that is searched for. */
  boolean wordsChanged;

  TaskRow(String taskId) {
    this.taskId = taskId;
  }

  /** Adds what an event tells. */
  void add(Event event) {
    long at = event.micros();
    created = Math.min(created, at);
    source = source == null ? FROM_EVENTS : source;
    switch (event.eventType()) {
      case EventTypes.TASK_REQUEST -> request(event, at);
      case EventTypes.EVALUATION -> evaluation(event);
      case EventTypes.TASK_ASSIGNED -> assigned(event, at);
      case EventTypes.TASK_UNASSIGNED -> {
        status(TaskStatus.FAILED, at);
        success = Boolean.TRUE.equals(success);
        if (error == null) {
          error(first(event.detail("reason"), NOBODY));
        }
      }
      case EventTypes.TASK_OUTCOME -> outcome(event, at);
      case TaskFolders.TASK_STATUS -> changed(event, at);
      default -> {}
    }
  }

  private void request(Event event, long at) {
    status(TaskStatus.QUEUED, at);
    userId = first(event.detail("user_id"), userId);
    provider = first(event.detail("provider"), provider);
    String told = event.detail("source");
    source = told == null ? source : told;
    request(event.detail("request"));
  }

  private void evaluation(Event event) {
    Double score = event.real(Field.CONFIDENCE_SCORE);
    String name = event.text(Field.AGENT_NAME);
    if (name != null && score != null) {
      evaluations.put(name, score);
      if (name.equals(agent) && confidence == null) {
        confidence = score;
      }
    }
  }

  private void assigned(Event event, long at) {
    status(TaskStatus.RUNNING, at);
    started = started == null ? (Long) at : started;
    agent = first(event.text(Field.AGENT_NAME), agent);
    confidence = first(event.real(Field.CONFIDENCE_SCORE), confidence);
    if (confidence == null && agent != null) {
      confidence = evaluations.get(agent);
    }
  }

  /** The newest outcome counts; an older one tells only what the newer ones do not. */
  private void outcome(Event event, long at) {
    boolean newer = ended == null || at >= ended;
    ended = newer ? (Long) at : ended;
    Boolean succeeded = event.flag(Field.SUCCESS);
    if (succeeded != null) {
      success = newer ? succeeded : first(success, succeeded);
      status(succeeded ? TaskStatus.SUCCEEDED : TaskStatus.FAILED, at);
    }
    agent = first(agent, event.text(Field.AGENT_NAME));
    durationMs = told(event.integer(Field.DURATION_MS), durationMs, newer);
    Number usd = first(event.detailNumber("total_cost_usd"), event.detailNumber("cost_usd"));
    cost = told(usd == null ? null : (Double) usd.doubleValue(), cost, newer);
    model = told(event.detail("model"), model, newer);
    String why = first(event.detail("error_message"), event.detail("message"));
    boolean fine = Boolean.TRUE.equals(success);
    error(fine ? (newer ? why : error) : told(why, error, newer));
  }

  private static <T> @Nullable T told(@Nullable T now, @Nullable T before, boolean newer) {
    return newer ? first(now, before) : first(before, now);
  }

  private void changed(Event event, long at) {
    String word = event.detail("status");
    if (word != null) {
      TaskStatus.of(word).ifPresent(next -> status(next, at));
      started = started == null && word.equals(TaskStatus.RUNNING.word()) ? (Long) at : started;
    }
    agent = first(agent, event.text(Field.AGENT_NAME));
    agentType = first(event.detail("agent_type"), agentType);
    model = first(event.detail("model"), model);
    provider = first(event.detail("provider"), provider);
    String told = event.detail("source");
    source = told == null ? source : told;
  }

  void status(TaskStatus next, long at) {
    if (at > statusAt || (at == statusAt && next.compareTo(status) > 0)) {
      status = next;
      statusAt = at;
    }
  }

  void request(@Nullable String text) {
    if (text != null && !text.equals(request)) {
      request = cut(text);
      wordsChanged = true;
    }
  }

  void error(@Nullable String text) {
    if (!Objects.equals(text, error)) {
      error = text == null ? null : cut(text);
      wordsChanged = true;
    }
  }

  private static String cut(String text) {
    return text.length() <= IndexedTask.LONGEST ? text : text.substring(0, IndexedTask.LONGEST);
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }
}
