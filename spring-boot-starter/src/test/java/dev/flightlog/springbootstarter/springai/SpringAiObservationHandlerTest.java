package dev.flightlog.springbootstarter.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.springbootstarter.FlightlogAutoConfiguration;
import dev.flightlog.springbootstarter.Journal;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.observation.DefaultToolCallingObservationConvention;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;
import org.springframework.ai.tool.observation.ToolCallingObservationDocumentation;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Observations as Spring AI's models, clients and tools make them. */
@SuppressWarnings("NullAway")
class SpringAiObservationHandlerTest {
  @TempDir Path home;

  private void run(Consumer<ApplicationContext> work) {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                FlightlogAutoConfiguration.class, FlightlogSpringAiAutoConfiguration.class))
        .withPropertyValues("flightlog.home=" + home, "flightlog.ring=64KB")
        .run(context -> {
          assertThat(context).hasNotFailed();
          work.accept(context);
        });
  }

  /** A model as all of Spring AI's are: it observes itself. */
  private record Model(ObservationRegistry registry, String provider) implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      ChatModelObservationContext context =
          ChatModelObservationContext.builder().prompt(prompt).provider(provider).build();
      return ChatModelObservationDocumentation.CHAT_MODEL_OPERATION
          .observation(null, new DefaultChatModelObservationConvention(), () -> context, registry)
          .observe(() -> {
            if (prompt.getContents().contains("FAIL")) {
              throw new IllegalStateException("told to fail");
            }
            ChatResponse response =
                new ChatResponse(
                    List.of(new Generation(new AssistantMessage("Bees dance."))),
                    ChatResponseMetadata.builder()
                        .id("answer-1")
                        .model("gpt-4o-mini")
                        .usage(new DefaultUsage(120, 30, 150, null, 20L, 0L))
                        .build());
            context.setResponse(response);
            return response;
          });
    }

    @Override
    public ChatOptions getOptions() {
      return ChatOptions.builder().model("asked-model").build();
    }
  }

  private List<JsonNode> of(String type) {
    return Journal.events(home).stream()
        .filter(each -> each.get("event_type").asText().equals(type))
        .toList();
  }

  @Test
  void aModelsCallHasItsTokensByKindAndBelongsToTheAgentInScope() {
    run(context -> {
      Model model = new Model(context.getBean(ObservationRegistry.class), "openai");
      FlightRecorder recorder = context.getBean(FlightRecorder.class);
      recorder.scope().agent("planner").workflow("w").run(() -> model.call(new Prompt("Bees?")));
      assertThatThrownBy(() -> model.call(new Prompt("FAIL"))).hasMessage("told to fail");
    });
    JsonNode call = of("model_call").get(0);
    assertThat(call.get("agent_name").asText()).isEqualTo("planner");
    assertThat(call.get("workflow_id").asText()).isEqualTo("w");
    assertThat(call.get("tokens_used").asInt()).isEqualTo(150);
    assertThat(call.get("success").asBoolean()).isTrue();
    assertThat(call.has("duration_ms")).isTrue();
    JsonNode details = call.get("details");
    assertThat(details.get("model").asText()).isEqualTo("gpt-4o-mini");
    assertThat(details.get("provider").asText()).isEqualTo("openai");
    assertThat(details.get("input_tokens").asInt()).isEqualTo(100);
    assertThat(details.get("cache_read_tokens").asInt()).isEqualTo(20);
    assertThat(details.get("output_tokens").asInt()).isEqualTo(30);
    assertThat(details.get("response_id").asText()).isEqualTo("answer-1");
    JsonNode failed = of("model_call").get(1);
    assertThat(failed.get("success").asBoolean()).isFalse();
    assertThat(failed.at("/details/message").asText()).isEqualTo("told to fail");
  }

  @Test
  void inputTokensOfAProviderThatTellsTheCacheApartStayAsTheyAre() {
    run(context ->
        new Model(context.getBean(ObservationRegistry.class), "anthropic")
            .call(new Prompt("Bees?")));
    assertThat(of("model_call").get(0).at("/details/input_tokens").asInt()).isEqualTo(120);
    assertThat(of("model_call").get(0).get("tokens_used").asInt()).isEqualTo(170);
  }

  @Test
  void aClientsCallThatNamesAnAgentIsItsExecution() {
    run(context -> {
      ObservationRegistry registry = context.getBean(ObservationRegistry.class);
      ChatClient client =
          ChatClient.builder(new Model(registry, "openai"), registry, null, null).build();
      assertThat(
              client
                  .prompt("Bees?")
                  .advisors(a -> a.param(SpringAiObservationHandler.AGENT, "research_agent"))
                  .call()
                  .content())
          .isEqualTo("Bees dance.");
      assertThat(client.prompt("Bees?").call().content()).isEqualTo("Bees dance.");
      assertThatThrownBy(() ->
              client
                  .prompt("FAIL")
                  .advisors(a -> a.param(SpringAiObservationHandler.AGENT, "research_agent"))
                  .call()
                  .content())
          .hasMessage("told to fail");
    });
    assertThat(Journal.told(home))
        .containsExactly(
            "research_agent:agent_started",
            "research_agent:model_call",
            "research_agent:agent_finished",
            "-:model_call",
            "research_agent:agent_started",
            "research_agent:model_call",
            "research_agent:error",
            "research_agent:agent_finished");
  }

  @Test
  void aToolsCallHasItsArgumentsAndItsResult() {
    run(context -> {
      ObservationRegistry registry = context.getBean(ObservationRegistry.class);
      for (boolean fails : new boolean[] {false, true}) {
        ToolCallingObservationContext tool =
            ToolCallingObservationContext.builder()
                .toolDefinition(
                    DefaultToolDefinition.builder()
                        .name("lookUp")
                        .description("looks a topic up")
                        .inputSchema("{}")
                        .build())
                .toolCallArguments("{\"topic\":\"bees\"}")
                .build();
        var observation =
            ToolCallingObservationDocumentation.TOOL_CALL.observation(
                null, new DefaultToolCallingObservationConvention(), () -> tool, registry);
        observation.start();
        if (fails) {
          observation.error(new IllegalStateException("no such topic"));
        } else {
          tool.setToolCallResult("bees fly");
        }
        observation.stop();
      }
    });
    JsonNode call = of("tool_call").get(0);
    assertThat(call.get("success").asBoolean()).isTrue();
    assertThat(call.at("/details/tool").asText()).isEqualTo("lookUp");
    assertThat(call.at("/details/input").toString()).contains("bees");
    assertThat(call.at("/details/output").asText()).isEqualTo("bees fly");
    assertThat(of("tool_call").get(1).get("success").asBoolean()).isFalse();
    assertThat(of("tool_call").get(1).at("/details/message").asText()).isEqualTo("no such topic");
  }
}
