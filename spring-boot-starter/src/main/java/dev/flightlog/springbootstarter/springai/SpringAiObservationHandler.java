package dev.flightlog.springbootstarter.springai;

import dev.flightlog.event.EventTypes;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.AgentCall;
import dev.flightlog.recorder.agents.Execution;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;
import org.springframework.util.ClassUtils;

/**
 * Makes events of what Spring AI observes: a {@code model_call} with its tokens for each call of a
 * model, a {@code tool_call} for each call of a tool, both of the agent in whose scope they were
 * begun. A call of a {@code ChatClient} that names an agent is an execution of that agent:
 *
 * <pre>{@code
 * chatClient.prompt("…").advisors(a -> a.param("flightlog.agent", "research_agent")).call()
 * }</pre>
 *
 * <p>For any thread. A streamed answer may end on another thread than it began.
 */
public final class SpringAiObservationHandler implements ObservationHandler<Observation.Context> {
  /** The parameter of a ChatClient's call that names its agent. */
  public static final String AGENT = "flightlog.agent";

  /** ChatClient comes in a jar of its own, which need not be there. */
  private static final boolean HAS_CLIENT =
      ClassUtils.isPresent(
          "org.springframework.ai.chat.client.observation.ChatClientObservationContext",
          SpringAiObservationHandler.class.getClassLoader());

  /** What is kept with an observation from its start to its end. */
  private record Begun(Runnable log) {}

  private record Agent(AgentCall call, Execution execution) {}

  private final FlightRecorder recorder;

  public SpringAiObservationHandler(FlightRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof ChatModelObservationContext
        || context instanceof ToolCallingObservationContext
        || isClient(context);
  }

  private static boolean isClient(Observation.ContextView context) {
    return HAS_CLIENT && ChatClients.isClient(context);
  }

  @Override
  public void onStart(Observation.Context context) {
    if (isClient(context)) {
      startAgent(context);
      return;
    }
    long start = System.nanoTime();
    Runnable log = () -> event(context, start);
    Agent agent = agentAbove(context);
    Runnable within = agent == null ? recorder.scope().wrap(log) : () -> agent.call.within(log);
    context.put(Begun.class, new Begun(within));
  }

  @Override
  public void onStop(Observation.Context context) {
    Agent agent = context.get(Agent.class);
    if (agent != null) {
      Throwable error = context.getError();
      if (error == null) {
        agent.execution.finished();
      } else {
        agent.execution.failed(error);
      }
    }
    Begun begun = context.get(Begun.class);
    if (begun != null) {
      begun.log.run();
    }
  }

  private void startAgent(Observation.Context context) {
    String agent = ChatClients.agent(context);
    if (agent != null) {
      AgentCall call = recorder.executions().call(agent, ChatClients.given(context));
      try {
        context.put(Agent.class, new Agent(call, call.start()));
      } finally {
        call.leave();
      }
    }
  }

  /** The agent that the nearest call of a ChatClient around this one names. */
  private static @Nullable Agent agentAbove(Observation.Context context) {
    ObservationView above = context.getParentObservation();
    while (above != null) {
      Observation.ContextView view = above.getContextView();
      Agent agent = view.get(Agent.class);
      if (agent != null) {
        return agent;
      }
      above = view.getParentObservation();
    }
    return null;
  }

  private void event(Observation.Context context, long start) {
    EventBuilder event;
    if (context instanceof ToolCallingObservationContext tool) {
      event = ToolCalls.describe(recorder.toolCall(tool.getToolDefinition().name()), tool);
    } else if (context instanceof ChatModelObservationContext model) {
      event = ModelCalls.describe(recorder.event(EventTypes.MODEL_CALL, null), model);
    } else {
      return;
    }
    Throwable error = context.getError();
    event.durationSince(start);
    (error == null ? event.success(true) : event.failed(error)).log();
  }
}
