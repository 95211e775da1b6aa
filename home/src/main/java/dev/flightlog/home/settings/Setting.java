package dev.flightlog.home.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * Every setting, defined once. Its value comes from a flag, else from the environment ({@code
 * logging.current_story} is {@code FLIGHTLOG_LOGGING_CURRENT_STORY}), else from {@code
 * config.json}, else it is the default. To add one, add it here, read it by {@link Settings}, and
 * write the manual anew (see {@code home/README.md}).
 */
public enum Setting {
  BASE_PATH(
      "logging.base_path",
      "",
      SettingType.TEXT,
      Part.RECORDER,
      Effect.RESTART,
      "folder of the journals, relative to the home; empty: the home"),
  CURRENT_STORY(
      "logging.current_story",
      "default",
      SettingType.TEXT,
      Part.RECORDER,
      Effect.RESTART,
      "story of events that name none"),
  THREAD_SAFE(
      "logging.thread_safe",
      "true",
      SettingType.ALWAYS_TRUE,
      Part.RECORDER,
      Effect.RESTART,
      "always true: the recorder has no other mode"),
  CONTENT(
      "capture.content",
      "full",
      SettingType.CONTENT,
      Part.RECORDER,
      Effect.RESTART,
      "how much of prompts and outputs is kept: full (64 KiB a text; imports head and tail of 4 KiB), head or none; home: full, but a store that machines share gets figures only, as with none"),
  STORE_ADDRESS(
      "store.address",
      "",
      SettingType.TEXT,
      Part.INDEX,
      Effect.RESTART,
      "where events are kept for questions, such as sqlite:/data/events.db; empty: events_index.db in the home"),
  INDEX_SEARCH(
      "index.search",
      "true",
      SettingType.BOOLEAN,
      Part.INDEX,
      Effect.RESTART,
      "whether words of new events are indexed for search; false: imports take less time and place, and a search reads these events one by one"),
  SHIP_MACHINE(
      "ship.machine",
      "",
      SettingType.TEXT,
      Part.INDEX,
      Effect.RESTART,
      "what this machine is called in a store that machines share; empty: its host name"),
  SHIP_PERSON(
      "ship.person",
      "",
      SettingType.TEXT,
      Part.INDEX,
      Effect.RESTART,
      "who works on this machine, told with each event in a store that machines share; empty: nobody is told"),
  MAX_TOKENS(
      "analysis.max_tokens_per_query",
      "500",
      SettingType.POSITIVE,
      Part.QUESTIONS,
      Effect.AT_ONCE,
      "lowers the budget of every question to this; --max-tokens in a call decides"),
  BATCH_SIZE(
      "analysis.batch_size",
      "5000",
      SettingType.POSITIVE,
      Part.INDEX,
      Effect.RESTART,
      "events a transaction when an index is built anew"),
  TOKEN_FACTOR(
      "analysis.token_factor",
      "1.35",
      SettingType.FACTOR,
      Part.QUESTIONS,
      Effect.RESTART,
      "factor on o200k_base counts, for models with other vocabularies"),
  TIMEZONE(
      "analysis.timezone",
      "",
      SettingType.ZONE,
      Part.QUESTIONS,
      Effect.RESTART,
      "where days, weeks and months begin in answers and in dates that are asked for, such as Europe/Berlin; empty: as the system says; --timezone in a call decides"),
  FRESHNESS(
      "analysis.freshness_ms",
      "1000",
      SettingType.WHOLE,
      Part.QUESTIONS,
      Effect.RESTART,
      "milliseconds that taking in what is new in known sources may take before an answer; 0: only our own journals"),
  SERVER_PORT(
      "server.port",
      "4280",
      SettingType.PORT,
      Part.SERVER,
      Effect.RESTART,
      "port that serve listens on; 0: any free one"),
  SERVER_HOST(
      "server.host",
      "127.0.0.1",
      SettingType.TEXT,
      Part.SERVER,
      Effect.RESTART,
      "address that serve listens on; another than loopback needs a token"),
  SERVER_NAMES(
      "server.names",
      "",
      SettingType.LIST,
      Part.SERVER,
      Effect.RESTART,
      "host names, with commas, under which a proxy or tunnel calls serve"),
  SERVER_REQUIRE_TOKEN(
      "server.require_token",
      "false",
      SettingType.BOOLEAN,
      Part.SERVER,
      Effect.RESTART,
      "whether loopback, too, needs a token"),
  TASK_LOGS_ENABLED(
      "tasks.logs_enabled",
      "true",
      SettingType.BOOLEAN,
      Part.TASKS,
      Effect.RESTART,
      "whether task folders keep the webhook flow and the agent's output (also TASK_LOGS_ENABLED)"),
  TASK_LOGS_DIR(
      "tasks.logs_dir",
      "",
      SettingType.TEXT,
      Part.TASKS,
      Effect.RESTART,
      "folder of the task folders, relative to the home; empty: tasks in the home (also TASK_LOGS_DIR)"),
  TASK_LOGS_RETENTION_DAYS(
      "tasks.logs_retention_days",
      "30",
      SettingType.WHOLE,
      Part.TASKS,
      Effect.RESTART,
      "days that the folder of a finished task stays; 0: for ever (also TASK_LOGS_RETENTION_DAYS)"),
  TASK_METRICS_CSV(
      "tasks.metrics_csv_seconds",
      "0",
      SettingType.WHOLE,
      Part.SERVER,
      Effect.RESTART,
      "how often serve appends the figures of tasks to task_metrics.csv in the home; 0: never"),
  TASK_OUTPUT_LIMIT(
      "tasks.output_limit_mb",
      "100",
      SettingType.POSITIVE,
      Part.TASKS,
      Effect.RESTART,
      "MiB of agent output that a task folder holds"),
  TASK_ATTEMPTS(
      "tasks.attempts",
      "3",
      SettingType.POSITIVE,
      Part.TASKS,
      Effect.RESTART,
      "how often a failing task is tried before it is parked"),
  TASK_PAUSE(
      "tasks.pause_seconds",
      "10",
      SettingType.WHOLE,
      Part.TASKS,
      Effect.RESTART,
      "seconds before a failed task is tried again; doubled each time, ten minutes at most"),
  HOT_DAYS(
      "lifecycle.hot_days",
      "7",
      SettingType.POSITIVE,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "days that journals stay; then their lines are in archive/2025_week_38.jsonl.gz"),
  WARM_WEEKS(
      "lifecycle.warm_weeks",
      "4",
      SettingType.POSITIVE,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "weeks that the rows of a week stay in the index; then they are in its archive, and its sums go on answering"),
  COLD_MONTHS(
      "lifecycle.cold_months",
      "3",
      SettingType.POSITIVE,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "months that an archive of our own events stays; then a summary a quarter is left of them"),
  THAWED_DAYS(
      "lifecycle.thawed_days",
      "7",
      SettingType.POSITIVE,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "days that a week stays in the index that archive thaw took back"),
  STORE_DAYS(
      "lifecycle.store_days",
      "0",
      SettingType.WHOLE,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "days that rows stay in a store in ClickHouse; then they are deleted, and their sums stay; 0: for ever"),
  CAP_MB(
      "lifecycle.cap_mb",
      "100",
      SettingType.WHOLE,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "MiB that journals and index may take; what is oldest moves on, whatever its age; 0: no bound"),
  ARCHIVE_DIR(
      "lifecycle.archive_dir",
      "",
      SettingType.TEXT,
      Part.LIFECYCLE,
      Effect.AT_ONCE,
      "folder of the archives, relative to the home; empty: archive in the home"),
  REVISION_SCHEDULE(
      "revision.schedule",
      "weekly",
      SettingType.SCHEDULE,
      Part.REVISION,
      Effect.AT_ONCE,
      "whether serve revises each week when it is over: weekly or off"),
  REVISION_DAY(
      "revision.day",
      "sunday",
      SettingType.WEEKDAY,
      Part.REVISION,
      Effect.AT_ONCE,
      "on which day weeks are revised"),
  REVISION_TIME(
      "revision.time",
      "23:00",
      SettingType.TIME_OF_DAY,
      Part.REVISION,
      Effect.AT_ONCE,
      "when on that day, in your zone"),
  REVISION_AUTO_RUN(
      "revision.auto_run",
      "false",
      SettingType.BOOLEAN,
      Part.REVISION,
      Effect.AT_ONCE,
      "whether a revision archives, and does with rules what rules.apply says; else it reports and proposes"),
  RULES_APPLY(
      "rules.apply",
      "review",
      SettingType.CONSENT,
      Part.REVISION,
      Effect.AT_ONCE,
      "what a revision with revision.auto_run does with the rules that it proposes: review (a person decides), trial (begins a trial) or direct (adopts them and writes CLAUDE.md)"),
  RULES_SHARED(
      "rules.shared",
      "false",
      SettingType.BOOLEAN,
      Part.REVISION,
      Effect.AT_ONCE,
      "whether hooks here also show the rules that are on trial on other machines of the shared store"),
  RULES_FILE(
      "rules.file",
      "",
      SettingType.TEXT,
      Part.REVISION,
      Effect.AT_ONCE,
      "instruction file that a revision looks at; empty: CLAUDE.md in the folder where it runs"),
  QUEUE_ADDRESS(
      "queue.address",
      "",
      SettingType.TEXT,
      Part.TASKS,
      Effect.RESTART,
      "redis://host:port for workers on several machines; empty: tasks_queue.db in the home"),
  WORKER_AGENT(
      "worker.agent",
      "",
      SettingType.TEXT,
      Part.WORKER,
      Effect.AT_ONCE,
      "agent for tasks that name none; empty: the only one there is"),
  WORKER_AT_ONCE(
      "worker.at_once",
      "1",
      SettingType.POSITIVE,
      Part.WORKER,
      Effect.RESTART,
      "tasks that a worker runs at the same time"),
  WORKER_LEASE(
      "worker.lease_seconds",
      "30",
      SettingType.POSITIVE,
      Part.WORKER,
      Effect.RESTART,
      "seconds after which the task of a dead worker is taken by another"),
  FORWARDING_TO(
      "forwarding.to",
      "",
      SettingType.TEXT,
      Part.SERVER,
      Effect.RESTART,
      "where journals are shipped on to: otlp URL, opensearch URL/INDEX, datadog SITE, or cloudwatch REGION/GROUP/STREAM; empty: nowhere"),
  FORWARDING_SECRET(
      "forwarding.secret",
      "",
      SettingType.TEXT,
      Part.SERVER,
      Effect.RESTART,
      "token, API key, USER:PASSWORD, or ACCESS_KEY:SECRET_KEY of that receiver"),
  FORWARDING_HEADERS(
      "forwarding.headers",
      "",
      SettingType.LIST,
      Part.SERVER,
      Effect.RESTART,
      "more headers of each request, such as X-Scope-OrgID: team"),
  BUDGET_TASK(
      "budget.task_usd",
      "0",
      SettingType.AMOUNT,
      Part.WORKER,
      Effect.AT_ONCE,
      "US dollars that a run of an agent for a task may cost before it is ended; 0: any; budget_usd of an agent goes before it"),
  ALERTS_ENABLED(
      "alerts.enabled",
      "true",
      SettingType.BOOLEAN,
      Part.ALERTS,
      Effect.AT_ONCE,
      "whether serve looks for what people should be told"),
  ALERTS_OFF(
      "alerts.off",
      "",
      SettingType.LIST,
      Part.ALERTS,
      Effect.AT_ONCE,
      "rules, with commas, that are not looked at: error_rate, budget, context, waiting, stuck_task, loop, pipeline, storage"),
  ALERTS_WAITING(
      "alerts.waiting_minutes",
      "10",
      SettingType.WHOLE,
      Part.ALERTS,
      Effect.AT_ONCE,
      "minutes that a session may wait for a person; 0: any"),
  ALERTS_CONTEXT(
      "alerts.context_percent",
      "90",
      SettingType.PERCENT,
      Part.ALERTS,
      Effect.AT_ONCE,
      "how full the context of a session may be; 0: any"),
  ALERTS_REPEATED(
      "alerts.repeated_calls",
      "6",
      SettingType.WHOLE,
      Part.ALERTS,
      Effect.AT_ONCE,
      "calls with the same input, among the last twice as many of an agent, that are a loop, 32 at most; 0: none"),
  ALERTS_TASK(
      "alerts.task_minutes",
      "60",
      SettingType.WHOLE,
      Part.ALERTS,
      Effect.AT_ONCE,
      "minutes that a task may be queued, or run without a word; 0: any"),
  ALERTS_SILENT(
      "alerts.silent_hours",
      "6",
      SettingType.WHOLE,
      Part.ALERTS,
      Effect.AT_ONCE,
      "hours without an event, where there used to be some, that are told; 0: none"),
  ALERTS_SHIP(
      "alerts.ship_minutes",
      "15",
      SettingType.WHOLE,
      Part.ALERTS,
      Effect.AT_ONCE,
      "minutes that what is recorded may wait for a store that machines share; 0: any"),
  ALERTS_COST_HOUR(
      "alerts.cost_hour_usd",
      "0",
      SettingType.AMOUNT,
      Part.ALERTS,
      Effect.AT_ONCE,
      "US dollars that an hour may cost; 0: any"),
  ALERTS_BUDGET(
      "alerts.budget_percent",
      "80",
      SettingType.PERCENT,
      Part.ALERTS,
      Effect.AT_ONCE,
      "share of a budget from which on it is told; 0: only when it is exceeded, or will be at this pace"),
  ALERTS_FREE(
      "alerts.free_mb",
      "512",
      SettingType.WHOLE,
      Part.ALERTS,
      Effect.AT_ONCE,
      "MiB that should be free on the disk of the home"),
  ALERTS_QUIET(
      "alerts.quiet",
      "",
      SettingType.QUIET_HOURS,
      Part.ALERTS,
      Effect.AT_ONCE,
      "hours in which nothing is sent, such as 22:00-07:00, in analysis.timezone; what still holds then is sent after them"),
  ALERTS_SLACK(
      "alerts.slack.url",
      "",
      SettingType.SECRET_URL,
      Part.ALERTS,
      Effect.AT_ONCE,
      "incoming webhook of Slack to which alerts go; a secret"),
  ALERTS_WEBHOOK(
      "alerts.webhook.url",
      "",
      SettingType.SECRET_URL,
      Part.ALERTS,
      Effect.AT_ONCE,
      "address to which alerts are posted as JSON; a secret"),
  ALERTS_WEBHOOK_SECRET(
      "alerts.webhook.secret",
      "",
      SettingType.SECRET,
      Part.ALERTS,
      Effect.AT_ONCE,
      "signs what is posted there, as Standard Webhooks does"),
  ALERTS_EMAIL_TO(
      "alerts.email.to",
      "",
      SettingType.ADDRESSES,
      Part.ALERTS,
      Effect.AT_ONCE,
      "e-mail addresses, with commas, to which alerts go"),
  ALERTS_EMAIL_FROM(
      "alerts.email.from",
      "",
      SettingType.ADDRESS,
      Part.ALERTS,
      Effect.AT_ONCE,
      "sender of this e-mail; empty: the first receiver"),
  ALERTS_EMAIL_SERVER(
      "alerts.email.server",
      "localhost:25",
      SettingType.MAIL_SERVER,
      Part.ALERTS,
      Effect.AT_ONCE,
      "SMTP server for it"),
  ALERTS_EMAIL_SECURITY(
      "alerts.email.security",
      "starttls",
      SettingType.MAIL_SECURITY,
      Part.ALERTS,
      Effect.AT_ONCE,
      "encryption of the connection to it: starttls, tls, or none"),
  ALERTS_EMAIL_USER(
      "alerts.email.user",
      "",
      SettingType.TEXT,
      Part.ALERTS,
      Effect.AT_ONCE,
      "login there; empty: none"),
  ALERTS_EMAIL_PASSWORD(
      "alerts.email.password",
      "",
      SettingType.SECRET,
      Part.ALERTS,
      Effect.AT_ONCE,
      "password of this login"),
  ALERTS_COMMAND(
      "alerts.command",
      "",
      SettingType.LIST,
      Part.ALERTS,
      Effect.AT_ONCE,
      "program and arguments, as a list, that get each alert as JSON on standard input"),
  BUDGET_GUARD(
      "budget.guard",
      "off",
      SettingType.GUARD,
      Part.ALERTS,
      Effect.AT_ONCE,
      "whether tool calls are refused by the hooks while a budget is exceeded: off or stop"),
  BUDGET_SESSION(
      "budget.session_usd",
      "0",
      SettingType.AMOUNT,
      Part.ALERTS,
      Effect.AT_ONCE,
      "US dollars that a session may cost before its tool calls are refused by the hooks; 0: any");

  /** Which part of Flightlog reads it. */
  public enum Part {
    /** Also inside other programs, by {@code RecorderConfig.fromEnvironment()}. */
    RECORDER,
    INDEX,
    QUESTIONS,
    SERVER,
    TASKS,
    WORKER,
    LIFECYCLE,
    REVISION,
    ALERTS
  }

  /** When a process that runs takes a change of {@code config.json}. */
  public enum Effect {
    /** Within seconds. */
    AT_ONCE,
    /** When it is started again; until then it says so. */
    RESTART
  }

  private final String key;
  private final String byDefault;
  private final SettingType type;
  private final Part part;
  private final Effect effect;
  private final String meaning;

  Setting(
      String key, String byDefault, SettingType type, Part part, Effect effect, String meaning) {
    this.key = key;
    this.byDefault = byDefault;
    this.type = type;
    this.part = part;
    this.effect = effect;
    this.meaning = meaning;
  }

  /** The dotted name, as in {@code config.json}. */
  public String key() {
    return key;
  }

  /** The value when nobody says another; as text. */
  public String byDefault() {
    return byDefault;
  }

  public SettingType type() {
    return type;
  }

  public Part part() {
    return part;
  }

  public Effect effect() {
    return effect;
  }

  /** What it decides, for the manual. */
  public String meaning() {
    return meaning;
  }

  /** The name of the environment variable. */
  public String variable() {
    return "FLIGHTLOG_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** A second name of the environment variable, that other programs know too. */
  public Optional<String> otherVariable() {
    return key.startsWith("tasks.logs_")
        ? Optional.of("TASK_" + key.substring(6).toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  /** The setting with this dotted name. */
  public static Optional<Setting> named(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
