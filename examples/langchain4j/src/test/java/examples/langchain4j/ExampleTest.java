package examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          events.add(JSON.readTree(line));
        }
      }
    }
    return events;
  }

  @Test
  void theExampleRunsAndItsAgentsAreInTheJournal() throws Exception {
    Main.main(new String[] {home.toString()});
    assertThat(
            events().stream()
                .map(each ->
                    each.path("agent_name").asText("-") + ":" + each.get("event_type").asText()))
        .containsExactly(
            "assistant:agent_started",
            "assistant:model_call",
            "assistant:tool_call",
            "assistant:model_call",
            "assistant:agent_finished",
            "report:agent_started",
            "report:agent_transition",
            "research:agent_started",
            "research:model_call",
            "research:agent_finished",
            "report:agent_transition",
            "write:agent_started",
            "write:model_call",
            "write:agent_finished",
            "report:agent_finished");
    assertThat(events())
        .filteredOn(each -> each.get("event_type").asText().equals("model_call"))
        .allSatisfy(each -> {
          assertThat(each.at("/details/model").asText()).isEqualTo("gpt-4o-mini");
          assertThat(each.get("tokens_used").asInt()).isEqualTo(150);
        });
  }
}
