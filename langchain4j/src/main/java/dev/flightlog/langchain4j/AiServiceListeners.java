package dev.flightlog.langchain4j;

import dev.flightlog.event.Category;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.Execution;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceRequestIssuedEvent;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.GuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.InputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.OutputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import java.util.List;
import java.util.function.Consumer;

/** What an AI service tells, as far as no other listener tells the same. */
final class AiServiceListeners {
  /** One kind of event and what is done with it. */
  private record Listener<E extends AiServiceEvent>(Class<E> kind, Consumer<E> action)
      implements AiServiceListener<E> {
    @Override
    public Class<E> getEventClass() {
      return kind;
    }

    @Override
    public void onEvent(E event) {
      action.accept(event);
    }
  }

  private final FlightRecorder recorder;
  private final OpenAgents agents;
  private final ToldOnce told;
  private final ServiceMethods methods = new ServiceMethods();

  private AiServiceListeners(FlightRecorder recorder, OpenAgents agents, ToldOnce told) {
    this.recorder = recorder;
    this.agents = agents;
    this.told = told;
  }

  static List<AiServiceListener<?>> of(
      FlightRecorder recorder, OpenAgents agents, ToldOnce told, ToolCalls tools) {
    AiServiceListeners to = new AiServiceListeners(recorder, agents, told);
    return List.of(
        new Listener<>(AiServiceStartedEvent.class, to::started),
        new Listener<>(AiServiceRequestIssuedEvent.class, to::asks),
        new Listener<>(AiServiceResponseReceivedEvent.class, to::answered),
        new Listener<>(ToolExecutedEvent.class, tools::executed),
        new Listener<>(InputGuardrailExecutedEvent.class, each -> to.guarded(each, "input")),
        new Listener<>(OutputGuardrailExecutedEvent.class, each -> to.guarded(each, "output")),
        new Listener<>(AiServiceCompletedEvent.class, to::completed),
        new Listener<>(AiServiceErrorEvent.class, to::failed));
  }

  /** An agent's own invocation is told by its listener. */
  private void started(AiServiceStartedEvent event) {
    InvocationContext context = event.invocationContext();
    String type = context.interfaceName();
    if (agents.isInnermost(type)) {
      return;
    }
    Object[] given = context.methodArguments().toArray();
    String agent = ServiceMethods.agent(type);
    if (methods.endsOnItsThread(type, context.methodName())) {
      agents.begin(context.invocationId(), type, agent, given);
    } else {
      agents.beginElsewhere(context.invocationId(), type, agent, given);
    }
  }

  private void asks(AiServiceRequestIssuedEvent event) {
    agents.asks(event.invocationContext().invocationId());
  }

  private void answered(AiServiceResponseReceivedEvent event) {
    if (told.isNew(event.response())) {
      InvocationContext context = event.invocationContext();
      agents.within(
          context.invocationId(),
          () ->
              ModelCalls.answered(
                      ModelCalls.asked(
                          recorder.modelCall(null), event.request(), context.modelProvider()),
                      event.response(),
                      context.modelProvider())
                  .success(true)
                  .log());
    }
  }

  private void guarded(GuardrailExecutedEvent<?, ?, ?> event, String side) {
    agents.within(
        event.invocationContext().invocationId(),
        () -> {
          EventBuilder guard =
              recorder
                  .event("guardrail_executed", Category.EXECUTION)
                  .detail("guardrail", event.guardrailName())
                  .detail("side", side)
                  .duration(event.duration());
          (event.result().isSuccess()
                  ? guard.success(true)
                  : guard.failed("guardrail_failed", event.result().toString()))
              .log();
        });
  }

  private void completed(AiServiceCompletedEvent event) {
    Execution execution = agents.end(event.invocationContext().invocationId());
    if (execution != null) {
      execution.finished();
    }
  }

  private void failed(AiServiceErrorEvent event) {
    Execution execution = agents.end(event.invocationContext().invocationId());
    if (execution != null) {
      execution.failed(event.error());
    }
  }
}
