package examples.springboot;

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
    Application.main(new String[] {"--flightlog.home=" + home});
    assertThat(
            events().stream()
                .map(each ->
                    each.path("agent_name").asText("-") + ":" + each.get("event_type").asText()))
        .containsExactly(
            "planning_agent:agent_started",
            "planning_agent:agent_transition",
            "research_agent:agent_started",
            "research_agent:tool_call",
            "research_agent:agent_finished",
            "planning_agent:agent_finished");
  }
}
