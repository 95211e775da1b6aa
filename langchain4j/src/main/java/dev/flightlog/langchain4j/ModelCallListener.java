package dev.flightlog.langchain4j;

import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.function.UnaryOperator;

/** Each call of a model, in the scope in which it was begun; streamed ones end on other threads. */
final class ModelCallListener implements ChatModelListener {
  /** A call that has begun; it stands among the attributes that LangChain4j hands on. */
  private final class Begun {
    private final long nanoTime = System.nanoTime();
    private final Runnable log = agents.scoped(this::logNow);
    private UnaryOperator<EventBuilder> description = event -> event;

    void end(UnaryOperator<EventBuilder> described) {
      description = described;
      log.run();
    }

    private void logNow() {
      description.apply(recorder.modelCall(null).durationSince(nanoTime)).log();
    }
  }

  private final FlightRecorder recorder;
  private final OpenAgents agents;
  private final ToldOnce told;

  ModelCallListener(FlightRecorder recorder, OpenAgents agents, ToldOnce told) {
    this.recorder = recorder;
    this.agents = agents;
    this.told = told;
  }

  @Override
  public void onRequest(ChatModelRequestContext context) {
    context.attributes().put(this, new Begun());
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    if (told.isNew(context.chatResponse())
        && context.attributes().get(this) instanceof Begun call) {
      call.end(event ->
          ModelCalls.answered(
                  ModelCalls.asked(event, context.chatRequest(), context.modelProvider()),
                  context.chatResponse(),
                  context.modelProvider())
              .success(true));
    }
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    if (context.attributes().get(this) instanceof Begun call) {
      call.end(event ->
          ModelCalls.asked(event, context.chatRequest(), context.modelProvider())
              .failed(context.error()));
    }
  }
}
