package examples.langchain4j;

import dev.flightlog.langchain4j.FlightlogListeners;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import examples.modelserver.ModelServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An AI service with a tool, and two agents in sequence. Argument: a home. */
public final class Main {
  interface Assistant {
    String chat(String message);
  }

  /** A tool. */
  public static final class Encyclopedia {
    @Tool("looks a topic up")
    public String lookUp(@P("topic") String topic) {
      return topic + " fly";
    }
  }

  /** Finds facts. */
  public interface Researcher {
    @Agent(value = "finds facts", outputKey = "facts")
    @UserMessage("Facts about {{topic}}")
    String research(@V("topic") String topic);
  }

  /** Writes of facts. */
  public interface Writer {
    @Agent(value = "writes", outputKey = "text")
    @UserMessage("Write of {{facts}}")
    String write(@V("facts") String facts);
  }

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    RecorderConfig config =
        arguments.length == 0
            ? RecorderConfig.fromEnvironment()
            : RecorderConfig.at(Path.of(arguments[0]));
    try (ModelServer server = ModelServer.start();
        FlightRecorder recorder = FlightRecorder.open(config)) {
      FlightlogListeners listeners = FlightlogListeners.of(recorder);
      ChatModel model =
          OpenAiChatModel.builder()
              .baseUrl(server.url())
              .apiKey("none")
              .modelName(ModelServer.MODEL)
              .listeners(listeners.chatModel())
              .build();
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(model)
              .tools(new Encyclopedia())
              .registerListeners(listeners.aiService())
              .afterToolExecution(listeners.toolExecution())
              .build();
      System.out.println(assistant.chat("What do bees do?"));
      Object text =
          AgenticServices.sequenceBuilder()
              .name("report")
              .subAgents(
                  AgenticServices.agentBuilder(Researcher.class).chatModel(model).build(),
                  AgenticServices.agentBuilder(Writer.class).chatModel(model).build())
              .listener(listeners.agent())
              .outputKey("text")
              .build()
              .invoke(Map.of("topic", "bees"));
      System.out.println(text);
    }
  }
}
