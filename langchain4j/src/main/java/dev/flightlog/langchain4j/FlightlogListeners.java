package dev.flightlog.langchain4j;

import dev.flightlog.recorder.FlightRecorder;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.service.tool.ToolExecution;
import java.util.List;
import java.util.function.Consumer;

/**
 * The listeners of one application, which know of one another, so that what two of them see is
 * recorded once. Give each to the place that takes it; any of them works without the others.
 *
 * <pre>{@code
 * FlightlogListeners listeners = FlightlogListeners.of(recorder);
 * ChatModel model = OpenAiChatModel.builder()….listeners(listeners.chatModel()).build();
 * Assistant assistant = AiServices.builder(Assistant.class)
 *     .chatModel(model).registerListeners(listeners.aiService()).build();
 * Writer writer = AgenticServices.agentBuilder(Writer.class)
 *     .chatModel(model).listener(listeners.agent()).build();
 * }</pre>
 *
 * <p>For any thread. Nothing of it throws into LangChain4j.
 */
public final class FlightlogListeners {
  private final FlightRecorder recorder;
  private final ToldOnce told = new ToldOnce();
  private final OpenAgents agents;
  private final ToolCalls tools;
  private final ChatModelListener chatModel;
  private final List<AiServiceListener<?>> aiService;

  private FlightlogListeners(FlightRecorder recorder) {
    this.recorder = recorder;
    this.agents = new OpenAgents(recorder);
    this.tools = new ToolCalls(recorder, agents, told);
    this.chatModel = new ModelCallListener(recorder, agents, told);
    this.aiService = AiServiceListeners.of(recorder, agents, told, tools);
  }

  public static FlightlogListeners of(FlightRecorder recorder) {
    return new FlightlogListeners(recorder);
  }

  /** For {@code listeners(…)} of a model: each call with its tokens, duration and error. */
  public ChatModelListener chatModel() {
    return chatModel;
  }

  /**
   * For {@code registerListeners(…)} of an AI service: its calls as executions of an agent that is
   * named after the interface, tools, guardrails; and model calls where the model has no listener.
   */
  public List<AiServiceListener<?>> aiService() {
    return aiService;
  }

  /**
   * For {@code afterToolExecution(…)} of an AI service: its tools with duration and success, which
   * its events do not tell.
   */
  public Consumer<ToolExecution> toolExecution() {
    return tools::executed;
  }

  /** For {@code listener(…)} of agents, which subagents inherit. Needs langchain4j-agentic. */
  public AgentListener agent() {
    return AgenticListener.of(recorder, agents, told, tools);
  }
}
