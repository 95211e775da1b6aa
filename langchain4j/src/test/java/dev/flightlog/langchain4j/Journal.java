package dev.flightlog.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events of a home, as anybody would read them. */
final class Journal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Journal() {}

  static List<JsonNode> events(Path home) {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          events.add(JSON.readTree(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  /** Agent and type of each event. */
  static List<String> told(Path home) {
    return events(home).stream()
        .map(each -> each.path("agent_name").asText("-") + ":" + each.get("event_type").asText())
        .toList();
  }
}
