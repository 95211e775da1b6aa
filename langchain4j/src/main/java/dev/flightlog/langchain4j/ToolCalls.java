package dev.flightlog.langchain4j;

import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.service.tool.ToolExecution;
import org.jspecify.annotations.Nullable;

/** The calls of tools: with their duration where a tool execution is told, without by an event. */
final class ToolCalls {
  private final FlightRecorder recorder;
  private final OpenAgents agents;
  private final ToldOnce told;

  ToolCalls(FlightRecorder recorder, OpenAgents agents, ToldOnce told) {
    this.recorder = recorder;
    this.agents = agents;
    this.told = told;
  }

  void executed(ToolExecution execution) {
    if (told.isNew(execution.request())) {
      within(
          execution.invocationContext(),
          () -> {
            EventBuilder event =
                described(execution.request(), execution.result()).duration(execution.duration());
            (execution.hasFailed()
                    ? event.failed("tool_error", execution.result())
                    : event.success(true))
                .log();
          });
    }
  }

  /** An event does not say whether the tool failed: success is left open. */
  void executed(ToolExecutedEvent event) {
    if (told.isNew(event.request())) {
      within(event.invocationContext(), () -> described(event.request(), event.resultText()).log());
    }
  }

  private void within(@Nullable InvocationContext context, Runnable log) {
    agents.within(context == null ? null : context.invocationId(), log);
  }

  private EventBuilder described(ToolExecutionRequest request, @Nullable String result) {
    return recorder
        .toolCall(request.name())
        .input(request.arguments())
        .output(result)
        .detail("call_id", request.id());
  }
}
