package dev.flightlog.springbootstarter.springai;

import dev.flightlog.recorder.EventBuilder;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;

/** What the event of a tool's call says. */
final class ToolCalls {
  private ToolCalls() {}

  static EventBuilder describe(EventBuilder event, ToolCallingObservationContext context) {
    return event
        .input(context.getToolCallArguments())
        .output(context.getToolCallResult())
        .detail("call_id", context.getToolCallId());
  }
}
