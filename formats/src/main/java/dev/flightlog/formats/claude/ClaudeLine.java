package dev.flightlog.formats.claude;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import dev.flightlog.formats.reading.StrangeFields;

/** One line of Claude Code: where its wanted values lie. Reused from line to line. */
final class ClaudeLine {
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

  final JsonFields top = new JsonFields();
  final JsonField type = top.field("type");
  final JsonField subtype = top.field("subtype");
  final JsonField uuid = top.field("uuid");
  final JsonField parentUuid = top.field("parentUuid");
  final JsonField sessionId = top.field("sessionId");
  final JsonField streamSessionId = top.field("session_id");
  final JsonField timestamp = top.field("timestamp");
  final JsonField auditTimestamp = top.field("_audit_timestamp");
  final JsonField cwd = top.field("cwd");
  final JsonField gitBranch = top.field("gitBranch");
  final JsonField promptId = top.field("promptId");
  final JsonField isSidechain = top.field("isSidechain");
  final JsonField agentId = top.field("agentId");
  final JsonField streamAgentId = top.field("agent_id");
  final JsonField attributionAgent = top.field("attributionAgent");
  final JsonField isMeta = top.field("isMeta");
  final JsonField isCompactSummary = top.field("isCompactSummary");
  final JsonField isTranscriptOnly = top.field("isVisibleInTranscriptOnly");
  final JsonField requestId = top.field("requestId");
  final JsonField streamRequestId = top.field("request_id");
  final JsonField isApiError = top.field("isApiErrorMessage");
  final JsonField error = top.field("error");
  final JsonField apiErrorStatus = top.field("apiErrorStatus");
  final JsonField compactMetadata = top.field("compactMetadata");
  final JsonField streamCompactMetadata = top.field("compact_metadata");
  final JsonField durationMs = top.field("durationMs");
  final JsonField costUsd = top.field("costUSD");
  final JsonField parentToolUse = top.field("parentToolUseID");
  final JsonField streamParentToolUse = top.field("parent_tool_use_id");
  final JsonField sourceToolUse = top.field("sourceToolUseID");
  final JsonField retryAttempt = top.field("retryAttempt");
  final JsonField attempt = top.field("attempt");
  final JsonField content = top.field("content");
  final JsonField isError = top.field("is_error");
  final JsonField streamDurationMs = top.field("duration_ms");
  final JsonField durationApiMs = top.field("duration_api_ms");
  final JsonField turns = top.field("num_turns");
  final JsonField result = top.field("result");
  final JsonField totalCost = top.field("total_cost_usd");
  final JsonField modelUsage = top.field("modelUsage");
  final JsonField resultUsage = top.field("usage");
  final JsonField errors = top.field("errors");
  final JsonField errorStatus = top.field("error_status");
  final JsonField toolUseId = top.field("tool_use_id");
  final JsonField status = top.field("status");
  final JsonField summary = top.field("summary");
  final JsonField model = top.field("model");
  final JsonField version = top.field("version");
  final JsonField streamVersion = top.field("claude_code_version");

  final JsonFields originFields = new JsonFields();
  final JsonField originKind = originFields.field("kind");
  final JsonField origin = top.field("origin").walk(originFields);

  final JsonFields outcomeFields = new JsonFields();
  final JsonField backgroundTask = outcomeFields.field("backgroundTaskId");
  final JsonField outcomeStatus = outcomeFields.field("status");
  final JsonField outcomeAgent = outcomeFields.field("agentId");
  final JsonField outcomeDuration = outcomeFields.field("durationMs");
  final JsonField outcomeTotalDuration = outcomeFields.field("totalDurationMs");
  final JsonField outcome = top.field("toolUseResult").walk(outcomeFields);

  final JsonFields permissionFields = new JsonFields();
  final JsonField permissionDecided = permissionFields.field("decision");
  final JsonField permissionSource = permissionFields.field("source");
  final JsonField permission = top.field("permissionDecision").walk(permissionFields);

  final JsonFields attachmentFields = new JsonFields();
  final JsonField attachmentType = attachmentFields.field("type");
  final JsonField attachmentCall = attachmentFields.field("toolUseID");
  final JsonField attachment = top.field("attachment").walk(attachmentFields);

  final ClaudeMessage message = new ClaudeMessage();
  final JsonField messageField = top.field("message").walk(message.fields);

  final ClaudeMessage wrappedMessage = new ClaudeMessage();
  final JsonFields wrapped = new JsonFields();
  final JsonField wrappedTimestamp = wrapped.field("timestamp");
  final JsonField wrappedRequestId = wrapped.field("requestId");
  final JsonField wrappedMessageField = wrapped.field("message").walk(wrappedMessage.fields);
  final JsonFields dataFields = new JsonFields();
  final JsonField dataMessage = dataFields.field("message").walk(wrapped);
  final JsonField dataAgentId = dataFields.field("agentId");
  final JsonField data = top.field("data").walk(dataFields);

  ClaudeLine() {
    top.known(ClaudeKeys.LINE);
    message.fields.known(ClaudeKeys.MESSAGE);
  }

  /** Counts what is on this line and in its message that nobody knows. */
  void strange(StrangeFields into) {
    if (!top.strange().isEmpty()) {
      into.add(type.string(), top.strange());
    }
    if (!message.fields.strange().isEmpty()) {
      into.add("message", message.fields.strange());
    }
  }

  void read(JsonReader reader) {
    top.read(reader);
  }

  Kind kind() {
    String name = type.string();
    if (name == null) {
      return Kind.UNKNOWN;
    }
    return switch (name) {
      case "user", "assistant" ->
          messageField.isObject()
                  && (message.content.has() || message.usage.has() || message.id.has())
              ? Kind.MESSAGE
              : messageField.isObject() && message.parts.has() ? Kind.UNKNOWN : Kind.SILENT;
      case "progress" -> Kind.PROGRESS;
      case "system" -> Kind.SYSTEM;
      case "result" -> totalCost.has() || turns.has() ? Kind.RESULT : Kind.SILENT;
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
          "api-request",
          "api-request-shape",
          "api-request-blob",
          "tools-used",
          "cost-state",
          "atis-latch",
          "speculation-accept",
          "content-replacement",
          "marble-origami-commit",
          "stream_event",
          "tool_progress",
          "tool_use_summary",
          "auth_status",
          "rate_limit_event",
          "control_request",
          "control_response",
          "keep_alive",
          "tool_use",
          "tool_result" ->
          Kind.SILENT;
      default -> Kind.UNKNOWN;
    };
  }

  /** The field that tells the session of this line, or the one that would. */
  JsonField session() {
    return sessionId.isString() ? sessionId : streamSessionId;
  }

  /** True for the lines of stream-json and of the desktop program. */
  boolean isStream() {
    return !sessionId.isString() && streamSessionId.isString();
  }

  /** The time of the line in microseconds since 1970, or {@link Timestamps#NONE}. */
  long time() {
    long time = time(timestamp);
    return time == Timestamps.NONE ? time(auditTimestamp) : time;
  }

  static long time(JsonField field) {
    return field.isString()
        ? Timestamps.parse(field.bytes(), field.from() + 1, field.to() - 1)
        : Timestamps.NONE;
  }

  boolean isSubagent() {
    return isSidechain.isTrue()
        || agentId.isString()
        || streamAgentId.isString()
        || streamParentToolUse.isString();
  }

  boolean tellsApiError() {
    return isApiError.isTrue() || (error.isString() && message.model.is("<synthetic>"));
  }

  boolean hasWrappedMessage() {
    return data.isObject() && dataMessage.isObject() && wrappedMessageField.isObject();
  }
}
