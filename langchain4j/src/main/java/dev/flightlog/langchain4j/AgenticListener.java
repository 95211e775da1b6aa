package dev.flightlog.langchain4j;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.Execution;
import dev.langchain4j.agentic.observability.AfterAgentToolExecution;
import dev.langchain4j.agentic.observability.AgentInvocationError;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
import dev.langchain4j.agentic.scope.AgenticScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Invocations of agents as executions: an agent that invokes another hands over to it. A system
 * that is suspended needs somebody's answer, and its agents stop for the time being.
 */
final class AgenticListener implements AgentListener {
  private final FlightRecorder recorder;
  private final OpenAgents agents;
  private final ToldOnce told;
  private final ToolCalls tools;

  private AgenticListener(
      FlightRecorder recorder, OpenAgents agents, ToldOnce told, ToolCalls tools) {
    this.recorder = recorder;
    this.agents = agents;
    this.told = told;
    this.tools = tools;
  }

  /** By its interface, so that who calls this is loaded also where there are no agents. */
  static AgentListener of(
      FlightRecorder recorder, OpenAgents agents, ToldOnce told, ToolCalls tools) {
    return new AgenticListener(recorder, agents, told, tools);
  }

  @Override
  public boolean inheritedBySubagents() {
    return true;
  }

  @Override
  public void beforeAgentInvocation(AgentRequest request) {
    if (told.isNew(request)) {
      agents.begin(
          request.agentId(),
          request.agent().type().getName(),
          request.agentName(),
          new Object[] {request.inputs()});
    }
  }

  @Override
  public void afterAgentInvocation(AgentResponse response) {
    if (told.isNew(response)) {
      Execution execution = agents.end(response.agentId());
      if (execution != null) {
        execution.finished();
      }
    }
  }

  @Override
  public void onAgentInvocationError(AgentInvocationError error) {
    if (told.isNew(error)) {
      Execution execution = agents.end(error.agentId());
      if (execution != null) {
        execution.failed(error.error());
      }
    }
  }

  @Override
  public void onAgenticSystemSuspended(AgenticScope scope) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("memory_id", scope.memoryId());
    context.put("pending", new TreeSet<>(scope.pendingResponseIds()));
    recorder.clarificationNeeded(null, "the agentic system is suspended", context);
    agents.suspend();
  }

  @Override
  public void afterAgentToolExecution(AfterAgentToolExecution execution) {
    tools.executed(execution.toolExecution());
  }
}
