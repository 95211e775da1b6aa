package dev.flightlog.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.internal.SuspendedResponse;
import dev.langchain4j.agentic.scope.AgenticSystemSuspendedException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import examples.modelserver.ModelServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j at work against a model on this machine. */
@SuppressWarnings("NullAway")
class ListenersTest {
  @TempDir Path home;
  private ModelServer server;
  private FlightRecorder recorder;
  private FlightlogListeners listeners;

  @BeforeEach
  void start() throws IOException {
    server = ModelServer.start();
    recorder =
        FlightRecorder.open(RecorderConfig.at(home).ring(1 << 16).maxWait(Duration.ofMinutes(1)));
    listeners = FlightlogListeners.of(recorder);
  }

  @AfterEach
  void stop() {
    recorder.close();
    server.close();
  }

  private OpenAiChatModel.OpenAiChatModelBuilder model() {
    return OpenAiChatModel.builder()
        .baseUrl(server.url())
        .apiKey("none")
        .modelName(ModelServer.MODEL)
        .maxRetries(0);
  }

  private ChatModel listened() {
    return model().listeners(listeners.chatModel()).build();
  }

  private List<JsonNode> events() {
    assertThat(recorder.flush()).isTrue();
    return Journal.events(home);
  }

  private List<String> told() {
    events();
    return Journal.told(home);
  }

  private JsonNode only(String type) {
    List<JsonNode> found =
        events().stream().filter(each -> each.get("event_type").asText().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.get(0);
  }

  interface Assistant {
    String chat(String message);
  }

  interface StreamingAssistant {
    TokenStream chat(String message);
  }

  /** A tool of the assistant. */
  public static final class Encyclopedia {
    @Tool("looks a topic up")
    String lookUp(@P("topic") String topic) {
      return topic + " fly";
    }
  }

  @Test
  void aModelsCallHasItsTokensByKindAndItsModel() {
    assertThat(listened().chat("What do bees do?")).isEqualTo("Bees dance.");
    JsonNode call = only("model_call");
    assertThat(call.get("tokens_used").asInt()).isEqualTo(150);
    assertThat(call.get("success").asBoolean()).isTrue();
    assertThat(call.get("duration_ms").asLong()).isNotNegative();
    JsonNode details = call.get("details");
    assertThat(details.get("model").asText()).isEqualTo(ModelServer.MODEL);
    assertThat(details.get("provider").asText()).isEqualTo("open_ai");
    assertThat(details.get("input_tokens").asInt()).isEqualTo(100);
    assertThat(details.get("cache_read_tokens").asInt()).isEqualTo(20);
    assertThat(details.get("output_tokens").asInt()).isEqualTo(30);
    assertThat(details.get("output").asText()).isEqualTo("Bees dance.");
    assertThat(details.get("response_id").asText()).isEqualTo("chatcmpl-1");
  }

  @Test
  void aModelsErrorIsAFailedCall() {
    assertThatThrownBy(() -> listened().chat("FAIL")).hasMessageContaining("told to fail");
    JsonNode call = only("model_call");
    assertThat(call.get("success").asBoolean()).isFalse();
    assertThat(call.at("/details/error_type").asText()).contains("Exception");
    assertThat(call.at("/details/message").asText()).contains("told to fail");
  }

  @Test
  void aServiceIsAnAgentAndWhatBothItAndItsModelTellIsToldOnce() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(listened())
            .tools(new Encyclopedia())
            .afterToolExecution(listeners.toolExecution())
            .registerListeners(listeners.aiService())
            .build();
    assertThat(assistant.chat("What do bees do?")).isEqualTo("Bees dance.");
    assertThat(told())
        .containsExactly(
            "assistant:agent_started",
            "assistant:model_call",
            "assistant:tool_call",
            "assistant:model_call",
            "assistant:agent_finished");
    JsonNode tool = only("tool_call");
    assertThat(tool.at("/details/tool").asText()).isEqualTo("lookUp");
    assertThat(tool.at("/details/input").toString()).contains("bees");
    assertThat(tool.at("/details/output").asText()).isEqualTo("bees fly");
    assertThat(tool.get("success").asBoolean()).isTrue();
    assertThat(tool.has("duration_ms")).isTrue();
    assertThat(server.answers()).isEqualTo(2);
  }

  @Test
  void aServiceWhoseModelHasNoListenerTellsItsCallsItself() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(model().build())
            .registerListeners(listeners.aiService())
            .build();
    assertThat(assistant.chat("What do bees do?")).isEqualTo("Bees dance.");
    assertThat(told())
        .containsExactly(
            "assistant:agent_started", "assistant:model_call", "assistant:agent_finished");
    assertThat(only("model_call").get("tokens_used").asInt()).isEqualTo(150);
  }

  @Test
  void anErrorOfAServiceIsItsAgents() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(listened())
            .registerListeners(listeners.aiService())
            .build();
    assertThatThrownBy(() -> assistant.chat("FAIL")).hasMessageContaining("told to fail");
    assertThat(told())
        .containsExactly(
            "assistant:agent_started",
            "assistant:model_call",
            "assistant:error",
            "assistant:agent_finished");
    assertThat(only("error").at("/details/stack").asText()).contains("told to fail");
    recorder.toolCall("Read").log();
    assertThat(told()).last().isEqualTo("-:tool_call");
  }

  @Test
  void aStreamingServiceEndsWhenItsStreamDoes() throws Exception {
    StreamingAssistant assistant =
        AiServices.builder(StreamingAssistant.class)
            .streamingChatModel(
                OpenAiStreamingChatModel.builder()
                    .baseUrl(server.url())
                    .apiKey("none")
                    .modelName(ModelServer.MODEL)
                    .listeners(listeners.chatModel())
                    .build())
            .registerListeners(listeners.aiService())
            .build();
    CompletableFuture<String> answer = new CompletableFuture<>();
    assistant
        .chat("What do bees do?")
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();
    recorder.toolCall("Read").log();
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("Bees dance.");
    assertThat(told())
        .contains(
            "streaming_assistant:agent_started", "-:tool_call", "streaming_assistant:model_call");
    assertThat(only("model_call").get("tokens_used").asInt()).isEqualTo(150);
  }

  public interface Researcher {
    @Agent(value = "finds facts", outputKey = "facts")
    @UserMessage("Facts about {{topic}}")
    String research(@V("topic") String topic);
  }

  public interface Writer {
    @Agent(value = "writes", outputKey = "text")
    @UserMessage("Write of {{facts}}")
    String write(@V("facts") String facts);
  }

  @Test
  void agentsHandOverAndTheirCallsAreTheirs() {
    Researcher researcher =
        AgenticServices.agentBuilder(Researcher.class)
            .chatModel(listened())
            .tools(new Encyclopedia())
            .build();
    Writer writer = AgenticServices.agentBuilder(Writer.class).chatModel(listened()).build();
    Object text =
        AgenticServices.sequenceBuilder()
            .name("report")
            .subAgents(researcher, writer)
            .listener(listeners.agent())
            .outputKey("text")
            .build()
            .invoke(Map.of("topic", "bees"));
    assertThat(text).isEqualTo("Bees dance.");
    assertThat(told())
        .containsExactly(
            "report:agent_started",
            "report:agent_transition",
            "research:agent_started",
            "research:model_call",
            "research:tool_call",
            "research:model_call",
            "research:agent_finished",
            "report:agent_transition",
            "write:agent_started",
            "write:model_call",
            "write:agent_finished",
            "report:agent_finished");
    assertThat(only("tool_call").get("success").asBoolean()).isTrue();
  }

  /** Waits for somebody's word. LangChain4j tells nothing of agents that are plain objects. */
  public static final class Approver {
    @Agent(value = "asks for approval", outputKey = "approval")
    public SuspendedResponse<String> approve() {
      return new SuspendedResponse<>("approval-1");
    }
  }

  @Test
  void aSystemThatIsSuspendedNeedsSomebodyAndItsAgentsStopForTheTimeBeing() {
    var system =
        AgenticServices.sequenceBuilder()
            .name("report")
            .subAgents(new Approver())
            .listener(listeners.agent())
            .build();
    assertThatThrownBy(() -> system.invoke(Map.of("topic", "bees")))
        .isInstanceOf(AgenticSystemSuspendedException.class);
    recorder.toolCall("Read").log();
    assertThat(told())
        .containsExactly(
            "report:agent_started",
            "report:human_clarification_needed",
            "report:agent_finished",
            "-:tool_call");
    assertThat(only("human_clarification_needed").at("/details/context/pending").toString())
        .contains("approval-1");
    JsonNode end = events().get(2);
    assertThat(end.at("/details/suspended").asBoolean()).isTrue();
    assertThat(end.has("success")).isFalse();
  }

  @Test
  void anAgentThatFailsIsOneErrorHoweverManyAreAroundIt() {
    Writer writer = AgenticServices.agentBuilder(Writer.class).chatModel(listened()).build();
    var system =
        AgenticServices.sequenceBuilder()
            .name("report")
            .subAgents(writer)
            .listener(listeners.agent())
            .build();
    assertThatThrownBy(() -> system.invoke(Map.of("facts", "FAIL"))).isNotNull();
    List<String> told = told();
    assertThat(told).contains("write:model_call", "write:error", "write:agent_finished");
    assertThat(told.get(told.size() - 1)).isEqualTo("report:agent_finished");
    recorder.toolCall("Read").log();
    assertThat(told()).last().isEqualTo("-:tool_call");
  }
}
