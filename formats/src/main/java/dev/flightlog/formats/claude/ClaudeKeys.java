package dev.flightlog.formats.claude;

/**
 * Members of Claude Code's lines and messages that are known and not looked at, as met in
 * transcripts and streams up to version 2.1.332.
 */
final class ClaudeKeys {
  static final String[] LINE =
      """
          outcome
      additional_directories agentColor agentName agentSetting agents aiTitle
      analytics_disabled apiBlockIndex apiKeySource apiRefusalCategory
      apiRefusalExplanation api_error_status atis attributionMcpServer attributionMcpTool
      attributionPlugin attributionSkill base bridgeSessionId cacheControl capabilities
      cause classifierMetaLines claude_code_version commandUuid customTitle decision_reason
      decision_reason_type deliveryId description direction duration effort ended_at
      entrypoint errorDetails event exit_code fallbackModel fast_mode_disabled_reason
      fast_mode_state first_content_frame_ms frameUrl gitBranches hasOutput
      hasUnknownModelCost hash hookAdditionalContext hookCount hookErrors hookInfos
      hook_event hook_id hook_name id imagePasteIds input interruptedByShutdown
      interruptedMessageId isAbortedMidStream isReplay isSnapshotUpdate isSynthetic
      is_backgrounded keep key lastPrompt lastSequenceNum last_tool_name leafUuid leafUuids
      level logicalParentUuid madeBy maxRetries max_retries mcpMeta mcp_server_errors
      mcp_servers memory_paths messageCount messageId messaging_socket_path mode
      model_usage_since_last_result name operation originalModel original_cwd output
      output_file output_style ownerAccountUuid ownerOrganizationUuid params patch path
      pendingBackgroundAgentCount perTurnEffort per_turn_effort_active permissionMode
      permission_denials permission_mode planContent plugin_errors plugins prNumber
      prRepository prUrl preventedContinuation product_feedback_disabled project prompt
      promptCacheRequested promptSource querySource queued_turn_count reason
      refusedUserMessageUuid relocatedCwd rendered renderedBesideToolResult
      renderedInHumanTurn renderedRole requestDigest requestRef requestedModel result_index
      retractedMessageUuids retryInMs retry_delay_ms run_id safety_stops sandboxed scope
      served_by_anthropic sessionKind sessionTitle shape shapeHash skills slash_commands
      slug snapshot snapshotDelta source sourceToolAssistantUUID spawn_depth startTime
      stderr stdout stopReason stop_reason structured_output subagent_stats subagent_type
      summary_is_report supersedesUuids tag tail task_description task_id task_type tasks
      terminal_reason terminal_slash_commands thinkingMetadata time_to_request_ms title
      todos toolDenialKind toolEndsTurn toolInputStreamMs toolUseID tool_name
      tool_result_meta tool_use_result tools totalAPIDuration
      totalAPIDurationWithoutRetries totalCostUSD totalDuration totalLinesAdded
      totalLinesRemoved totalToolDuration trackedFiles trigger ttft_ms ttft_stream_ms
      turnCompanion turnOrigin turnPosition ultrathink_available ultrathink_typed_raises
      usage_limit userType version view_mode worktreeSession
      """
          .strip()
          .split("\\s+");

  static final String[] MESSAGE =
      """
      container context_management diagnostics isApiErrorMessage output_config stop_details
      stop_sequence type
      """
          .strip()
          .split("\\s+");

  private ClaudeKeys() {}
}
