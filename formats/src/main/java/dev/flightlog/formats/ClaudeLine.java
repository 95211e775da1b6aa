package dev.flightlog.formats;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;

/** One line of Claude Code: where its wanted values lie. Reused from line to line. */
final class ClaudeLine {
  static final long NO_TIME = Timestamps.NONE;

  static final int TYPE = 0;
  static final int SUBTYPE = 1;
  static final int UUID = 2;
  static final int PARENT_UUID = 3;
  static final int SESSION_ID = 4;
  static final int SESSION_ID_2 = 5;
  static final int TIMESTAMP = 6;
  static final int CWD = 7;
  static final int GIT_BRANCH = 8;
  static final int IS_SIDECHAIN = 9;
  static final int AGENT_ID = 10;
  static final int AGENT_ID_2 = 11;
  static final int ATTRIBUTION_AGENT = 12;
  static final int IS_META = 13;
  static final int IS_COMPACT_SUMMARY = 14;
  static final int IS_TRANSCRIPT_ONLY = 15;
  static final int REQUEST_ID = 16;
  static final int MESSAGE = 17;
  static final int DATA = 18;
  static final int IS_API_ERROR = 19;
  static final int ERROR = 20;
  static final int API_ERROR_STATUS = 21;
  static final int COMPACT_METADATA = 22;
  static final int COMPACT_METADATA_2 = 23;
  static final int DURATION_MS = 24;
  static final int COST_USD = 25;
  static final int PARENT_TOOL_USE = 26;
  static final int PARENT_TOOL_USE_2 = 27;
  static final int SOURCE_TOOL_USE = 28;
  static final int ORIGIN = 29;
  static final int RETRY_ATTEMPT = 30;
  static final int CONTENT = 31;
  static final int IS_ERROR = 32;
  static final int DURATION_MS_2 = 33;
  static final int DURATION_API_MS = 34;
  static final int NUM_TURNS = 35;
  static final int RESULT = 36;
  static final int TOTAL_COST = 37;
  static final int STOP_REASON = 38;
  static final int ERRORS = 39;
  static final int ERROR_STATUS = 40;
  static final int TASK_TOOL_USE = 41;
  static final int SUBAGENT_TYPE = 42;
  static final int ATTEMPT = 43;

  /** The keys of a message. */
  static final int M_ID = 0;

  static final int M_ROLE = 1;
  static final int M_MODEL = 2;
  static final int M_CONTENT = 3;
  static final int M_USAGE = 4;
  static final int M_STOP_REASON = 5;

  /** The keys of a block. */
  static final int B_TYPE = 0;

  static final int B_ID = 1;
  static final int B_NAME = 2;
  static final int B_INPUT = 3;
  static final int B_TOOL_USE_ID = 4;
  static final int B_CONTENT = 5;
  static final int B_IS_ERROR = 6;
  static final int B_TEXT = 7;

  /** The keys of usage. */
  static final int U_INPUT = 0;

  static final int U_OUTPUT = 1;
  static final int U_CACHE_WRITE = 2;
  static final int U_CACHE_READ = 3;
  static final int U_CACHE_CREATION = 4;
  static final int U_TIER = 5;
  static final int U_SPEED = 6;
  static final int U_PLACE = 7;
  static final int U_SERVER_TOOLS = 8;

  static final int WEB_SEARCHES = 0;

  static final int ONE_HOUR = 0;

  /** The keys of a wrapped line in a progress line. */
  static final int W_TYPE = 0;

  static final int W_TIMESTAMP = 1;
  static final int W_REQUEST_ID = 2;
  static final int W_MESSAGE = 3;
  static final int W_UUID = 4;

  static final int D_MESSAGE = 0;
  static final int D_AGENT_ID = 1;

  /** What a line is, as far as its reading goes. */
  enum Kind {
    MESSAGE,
    PROGRESS,
    SYSTEM,
    RESULT,
    /** Known, and nothing to tell: titles, modes, snapshots, queues. */
    SILENT,
    UNKNOWN
  }

  /** The parts of a message, which comes on a line or wrapped in another. */
  static final class Message {
    final Slices cacheCreation = new Slices("ephemeral_1h_input_tokens");
    final Slices serverTools = new Slices("web_search_requests");
    final Slices usage =
        new Slices(
                "input_tokens",
                "output_tokens",
                "cache_creation_input_tokens",
                "cache_read_input_tokens",
                "cache_creation",
                "service_tier",
                "speed",
                "inference_geo",
                "server_tool_use")
            .with(U_CACHE_CREATION, cacheCreation)
            .with(U_SERVER_TOOLS, serverTools);
    final Elements blocks =
        new Elements(() ->
            new Slices(
                "type", "id", "name", "input", "tool_use_id", "content", "is_error", "text"));
    final Slices top =
        new Slices("id", "role", "model", "content", "usage", "stop_reason")
            .with(M_USAGE, usage)
            .with(M_CONTENT, blocks);
  }

  final Message message = new Message();
  final Message wrappedMessage = new Message();
  final Slices wrapped =
      new Slices("type", "timestamp", "requestId", "message", "uuid")
          .with(W_MESSAGE, wrappedMessage.top);
  final Slices data = new Slices("message", "agentId").with(D_MESSAGE, wrapped);
  final Slices top =
      new Slices(
              "type",
              "subtype",
              "uuid",
              "parentUuid",
              "sessionId",
              "session_id",
              "timestamp",
              "cwd",
              "gitBranch",
              "isSidechain",
              "agentId",
              "agent_id",
              "attributionAgent",
              "isMeta",
              "isCompactSummary",
              "isVisibleInTranscriptOnly",
              "requestId",
              "message",
              "data",
              "isApiErrorMessage",
              "error",
              "apiErrorStatus",
              "compactMetadata",
              "compact_metadata",
              "durationMs",
              "costUSD",
              "parentToolUseID",
              "parent_tool_use_id",
              "sourceToolUseID",
              "origin",
              "retryAttempt",
              "content",
              "is_error",
              "duration_ms",
              "duration_api_ms",
              "num_turns",
              "result",
              "total_cost_usd",
              "stop_reason",
              "errors",
              "error_status",
              "tool_use_id",
              "subagent_type",
              "attempt")
          .with(MESSAGE, message.top)
          .with(DATA, data);

  void read(JsonReader reader) {
    top.read(reader);
  }

  Kind kind() {
    String type = top.string(TYPE);
    if (type == null) {
      return Kind.UNKNOWN;
    }
    return switch (type) {
      case "user", "assistant" -> top.isObject(MESSAGE) ? Kind.MESSAGE : Kind.SILENT;
      case "progress" -> Kind.PROGRESS;
      case "system" -> Kind.SYSTEM;
      case "result" -> top.has(TOTAL_COST) || top.has(NUM_TURNS) ? Kind.RESULT : Kind.SILENT;
      case "summary",
          "file-history-snapshot",
          "file-history-delta",
          "queue-operation",
          "attachment",
          "ai-title",
          "custom-title",
          "agent-name",
          "agent-color",
          "agent-setting",
          "last-prompt",
          "mode",
          "permission-mode",
          "pr-link",
          "frame-link",
          "tag",
          "started",
          "relocated",
          "worktree-state",
          "bridge-session",
          "atis-latch",
          "speculation-accept",
          "content-replacement",
          "marble-origami-commit",
          "stream_event",
          "tool_progress",
          "tool_use_summary",
          "auth_status",
          "rate_limit_event",
          "tool_use",
          "tool_result" ->
          Kind.SILENT;
      default -> Kind.UNKNOWN;
    };
  }

  /** The key under which this line tells its session; negative when it tells none. */
  int sessionKey() {
    return top.isString(SESSION_ID) ? SESSION_ID : top.isString(SESSION_ID_2) ? SESSION_ID_2 : -1;
  }

  /** The time of the line in microseconds since 1970, or {@link #NO_TIME}. */
  long time() {
    return time(top, TIMESTAMP);
  }

  static long time(Slices slices, int key) {
    return slices.isString(key)
        ? Timestamps.parse(slices.bytes(), slices.from(key) + 1, slices.to(key) - 1)
        : NO_TIME;
  }

  boolean isSubagent() {
    return top.isTrue(IS_SIDECHAIN)
        || top.isString(AGENT_ID)
        || top.isString(AGENT_ID_2)
        || top.isString(PARENT_TOOL_USE_2);
  }

  boolean isApiError() {
    return top.isTrue(IS_API_ERROR)
        || (top.isString(ERROR) && message.top.is(M_MODEL, "<synthetic>"));
  }

  boolean hasWrappedMessage() {
    return top.isObject(DATA) && data.isObject(D_MESSAGE) && wrapped.isObject(W_MESSAGE);
  }
}
