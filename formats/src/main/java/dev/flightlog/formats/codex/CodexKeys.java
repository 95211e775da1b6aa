package dev.flightlog.formats.codex;

/**
 * Members of payloads of Codex rollouts that are known and not looked at, as met in rollouts up to
 * version 0.142 and of 0.171, and named for those between.
 */
final class CodexKeys {
  static final String[] PAYLOAD =
      """
      account_scoped action_name active_permission_profile agent_nickname agent_path
      agent_role agent_statuses agent_thread_id aggregated_output app_name approval_policy
      approvals_reviewer audio author auto_approved base_instructions callId changes
      cli_version client_id collaboration_mode collaboration_mode_kind command comp_hash
      completed_at completed_at_ms connector_id content content_items context_window
      created_at current_date decision_source developer_instructions disabled_plugin_ids
      duration dynamic_tools effort encrypted_content end_turn event_id execution
      explanation file_system_sandbox_policy final_output_json_schema first_window_id
      formatted_output full ghost_commit goal history_mode images
      internal_chat_message_metadata_passthrough invocation item_id kind last_agent_message
      link_id local_audio local_images memory_citation memory_mode metadata
      model_context_window model_provider multi_agent_mode multi_agent_version namespace
      network_sandbox_policy new_agent_nickname new_agent_role new_thread_id num_turns
      occurred_at_ms originator parent_thread_id parsed_cmd path payload permission_profile
      personality phase plan plugin_id previous_window_id process_id prompt queries query
      rationale read_only_hint realtime_active reasoning_effort receiver_agent_nickname
      receiver_agent_role receiver_thread_id recipient replacement_history results
      review_output revised_prompt risk_level root_turn_id runtime_workspace_roots
      sandbox_policy saved_path sender_thread_id session_id started_at started_at_ms state
      status statuses stderr stdout summary target target_item_id task_id text text_elements
      thread_goal thread_id thread_name thread_settings thread_source thread_token_usage
      threadId time_to_first_token_ms timezone tool tools trigger_turn truncation_policy
      turn_attribution turn_duration_ms turn_token_usage turnId url user_authorization
      user_facing_hint user_instructions window_id window_number workspace_roots
      """
          .strip()
          .split("\\s+");

  private CodexKeys() {}
}
