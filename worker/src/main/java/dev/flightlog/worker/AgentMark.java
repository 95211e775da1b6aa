package dev.flightlog.worker;

import dev.flightlog.event.EventIds;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.queue.TaskQueue;
import java.util.Locale;

/**
 * What every process of an agent carries in its environment, and by which it is found when its
 * worker is gone: which queue, which task, which lease.
 *
 * @param task the part that is the same for every attempt
 * @param run the whole
 */
record AgentMark(String task, String run) {
  static final String VARIABLE = "FLIGHTLOG_AGENT_RUN";

  static AgentMark of(TaskQueue queue, TaskId task, long token) {
    String hash = EventIds.ofKey("queue:" + queue.name()).substring(0, 12).toLowerCase(Locale.ROOT);
    String part = VARIABLE + "=" + hash + "/" + task + "/";
    return new AgentMark(part, part + token + ".");
  }

  /** The value of the variable. */
  String value() {
    return run.substring(VARIABLE.length() + 1);
  }
}
