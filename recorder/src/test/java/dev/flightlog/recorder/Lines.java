package dev.flightlog.recorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads journals as anybody would. */
final class Lines {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Lines() {}

  /** All events of a folder, each line being one whole object. */
  static List<JsonNode> of(Path folder) {
    List<String> torn = new ArrayList<>();
    List<JsonNode> lines = of(folder, torn);
    if (!torn.isEmpty()) {
      throw new AssertionError("torn: " + torn);
    }
    return lines;
  }

  /** All events of a folder; what is no object goes to the other list. */
  static List<JsonNode> of(Path folder, List<String> torn) {
    List<JsonNode> lines = new ArrayList<>();
    for (Path file : journals(folder)) {
      try (Stream<String> text = Files.lines(file)) {
        text.filter(line -> !line.isEmpty()).forEach(line -> parse(line, lines, torn));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  private static void parse(String line, List<JsonNode> lines, List<String> torn) {
    try {
      lines.add(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      torn.add(line);
    }
  }

  static List<Path> journals(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
