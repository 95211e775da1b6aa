package examples.springai;

import dev.flightlog.springbootstarter.springai.SpringAiObservationHandler;
import examples.modelserver.ModelServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A ChatClient with a tool, as an agent. The home: {@code --flightlog.home=DIR}. */
@SpringBootApplication
public class Application {
  public static void main(String[] arguments) throws IOException {
    try (ModelServer server = ModelServer.start()) {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("--spring.ai.openai.base-url=" + server.url());
      all.add("--spring.ai.openai.api-key=none");
      all.add("--spring.ai.openai.chat.model=" + ModelServer.MODEL);
      SpringApplication.run(Application.class, all.toArray(new String[0])).close();
    }
  }

  @Bean
  CommandLineRunner work(ChatClient.Builder builder) {
    return arguments ->
        System.out.println(
            builder
                .build()
                .prompt("What do bees do?")
                .tools(new Encyclopedia())
                .advisors(a -> a.param(SpringAiObservationHandler.AGENT, "research_agent"))
                .call()
                .content());
  }
}
