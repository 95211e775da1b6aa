package dev.flightlog.cli.settings;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every setting, defined once. Its value comes from a flag, else from the environment ({@code
 * logging.current_story} is {@code FLIGHTLOG_LOGGING_CURRENT_STORY}), else from {@code
 * config.json}, else it is the default.
 */
public enum Setting {
  BASE_PATH("logging.base_path", "", "folder of the journals; empty: the home", Kind.TEXT),
  CURRENT_STORY("logging.current_story", "default", "story of events that name none", Kind.TEXT),
  THREAD_SAFE(
      "logging.thread_safe", "true", "always true: the recorder has no other mode", Kind.TRUE),
  CONTENT(
      "capture.content",
      "full",
      "how much of prompts and outputs is kept: full (64 KiB a text; imports head and tail of 4 KiB), head or none",
      Kind.CONTENT),
  MAX_TOKENS(
      "analysis.max_tokens_per_query",
      "500",
      "lowers the budget of every question to this; --max-tokens in a call decides",
      Kind.NUMBER),
  BATCH_SIZE("analysis.batch_size", "5000", "events a transaction of an import", Kind.NUMBER),
  TOKEN_FACTOR(
      "analysis.token_factor",
      "1.35",
      "factor on o200k_base counts, for models with other vocabularies",
      Kind.REAL),
  SERVER_PORT("server.port", "4280", "port that serve listens on", Kind.NUMBER),
  SERVER_HOST(
      "server.host",
      "127.0.0.1",
      "address that serve listens on; another than loopback needs a token",
      Kind.TEXT),
  SERVER_NAMES(
      "server.names",
      "",
      "host names, with commas, under which a proxy or tunnel calls serve",
      Kind.TEXT),
  SERVER_REQUIRE_TOKEN(
      "server.require_token", "false", "whether loopback, too, needs a token", Kind.YES_OR_NO),
  TASK_LOGS_ENABLED(
      "tasks.logs_enabled",
      "true",
      "whether task folders keep the webhook flow and the agent's output (also TASK_LOGS_ENABLED)",
      Kind.YES_OR_NO),
  TASK_LOGS_DIR(
      "tasks.logs_dir",
      "",
      "folder of the task folders; empty: tasks in the home (also TASK_LOGS_DIR)",
      Kind.TEXT),
  TASK_LOGS_RETENTION_DAYS(
      "tasks.logs_retention_days",
      "0",
      "days that the folder of a finished task stays; 0: for ever (also TASK_LOGS_RETENTION_DAYS)",
      Kind.WHOLE),
  TASK_METRICS_CSV(
      "tasks.metrics_csv_seconds",
      "0",
      "how often serve appends the figures of tasks to task_metrics.csv in the home; 0: never",
      Kind.WHOLE),
  TASK_OUTPUT_LIMIT(
      "tasks.output_limit_mb", "100", "MiB of agent output that a task folder holds", Kind.NUMBER),
  TASK_ATTEMPTS(
      "tasks.attempts", "3", "how often a failing task is tried before it is parked", Kind.NUMBER),
  TASK_PAUSE(
      "tasks.pause_seconds",
      "10",
      "seconds before a failed task is tried again; doubled each time, ten minutes at most",
      Kind.WHOLE),
  QUEUE_ADDRESS(
      "queue.address",
      "",
      "redis://host:port for workers on several machines; empty: tasks_queue.db in the home",
      Kind.TEXT),
  WORKER_AGENT(
      "worker.agent",
      "",
      "agent for tasks that name none; empty: the only one there is",
      Kind.TEXT),
  WORKER_AT_ONCE("worker.at_once", "1", "tasks that a worker runs at the same time", Kind.NUMBER),
  WORKER_LEASE(
      "worker.lease_seconds",
      "30",
      "seconds after which the task of a dead worker is taken by another",
      Kind.NUMBER);

  private enum Kind {
    TEXT,
    NUMBER,
    WHOLE,
    REAL,
    TRUE,
    YES_OR_NO,
    CONTENT
  }

  private final String key;
  private final String byDefault;
  private final String meaning;
  private final Kind kind;

  Setting(String key, String byDefault, String meaning, Kind kind) {
    this.key = key;
    this.byDefault = byDefault;
    this.meaning = meaning;
    this.kind = kind;
  }

  /** The dotted name, as in {@code config.json}. */
  public String key() {
    return key;
  }

  public String byDefault() {
    return byDefault;
  }

  public String meaning() {
    return meaning;
  }

  /** The name of the environment variable. */
  public String variable() {
    return "FLIGHTLOG_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** A second name of the environment variable, that other programs know too; or null. */
  public @Nullable String otherVariable() {
    return key.startsWith("tasks.logs_")
        ? "TASK_" + key.substring(6).toUpperCase(Locale.ROOT)
        : null;
  }

  /** The setting with this dotted name, or null. */
  public static @Nullable Setting named(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }

  /** What a value must be, if this one is wrong; else null. */
  public @Nullable String complaint(String value) {
    return switch (kind) {
      case TEXT -> null;
      case TRUE -> value.equals("true") ? null : "can only be true";
      case YES_OR_NO -> Set.of("true", "false").contains(value) ? null : "is true or false";
      case CONTENT ->
          Set.of("full", "head", "none").contains(value) ? null : "is full, head or none";
      case NUMBER -> isWhole(value) ? null : "is a whole number above 0";
      case WHOLE -> value.equals("0") || isWhole(value) ? null : "is a whole number";
      case REAL -> isAtLeastOne(value) ? null : "is a number of at least 1";
    };
  }

  private static boolean isWhole(String value) {
    return !value.isEmpty()
        && value.length() <= 9
        && value.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(value) > 0;
  }

  private static boolean isAtLeastOne(String value) {
    try {
      double number = Double.parseDouble(value);
      return number >= 1 && number <= 100;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
