package dev.flightlog.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Counts what a folder of Claude Code transcripts holds, slowly and by other means than the
 * importer: one call per id over all files, ids met only in progress lines included; a call without
 * id by its place; the largest output count per message and request.
 */
final class SlowTruth {
  private final ObjectMapper mapper = new ObjectMapper();
  private final Set<String> sessions = new HashSet<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<String> onLines = new HashSet<>();
  private final Set<String> errors = new HashSet<>();
  private final Set<String> results = new HashSet<>();
  private final Map<String, Long> output = new HashMap<>();

  record Counts(
      int sessions, int calls, int progressOnly, long errors, long noResult, long outputTokens) {}

  static Counts of(Path folder) throws IOException {
    SlowTruth truth = new SlowTruth();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        truth.file(file);
      }
    }
    return truth.counts();
  }

  private Counts counts() {
    Set<String> progress = new HashSet<>(calls);
    progress.removeAll(onLines);
    return new Counts(
        sessions.size(),
        calls.size(),
        progress.size(),
        errors.stream().filter(calls::contains).count(),
        calls.stream().filter(call -> !results.contains(call)).count(),
        output.values().stream().mapToLong(Long::longValue).sum());
  }

  private void file(Path file) throws IOException {
    int number = 0;
    for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
      number++;
      int part = 0;
      try (MappingIterator<JsonNode> objects = mapper.readerFor(JsonNode.class).readValues(line)) {
        while (objects.hasNextValue()) {
          record(objects.nextValue(), file + ":" + number + ":" + part++);
        }
      } catch (JsonProcessingException torn) {
        continue;
      }
    }
  }

  private void record(JsonNode line, String place) {
    String session = line.path("sessionId").asText(line.path("session_id").asText(""));
    if (!session.isEmpty()) {
      sessions.add(session);
    }
    switch (line.path("type").asText()) {
      case "user", "assistant" ->
          message(line.path("message"), line.path("requestId").asText(""), place, true);
      case "progress" -> {
        JsonNode wrapped = line.path("data").path("message");
        if (wrapped.path("message").isObject()) {
          message(wrapped.path("message"), wrapped.path("requestId").asText(""), place, false);
        }
      }
      default -> {}
    }
  }

  private void message(JsonNode message, String request, String place, boolean onLine) {
    boolean assistant = message.path("role").asText().equals("assistant");
    if (assistant && !message.path("usage").isEmpty()) {
      String id = message.path("id").asText("");
      output.merge(
          id.isEmpty() ? place : id + " " + request,
          message.path("usage").path("output_tokens").asLong(),
          Math::max);
    }
    int index = 0;
    for (JsonNode block : message.path("content")) {
      String type = block.path("type").asText();
      if (assistant && type.equals("tool_use")) {
        String id = block.path("id").asText(place + "#" + index);
        calls.add(id);
        if (onLine) {
          onLines.add(id);
        }
      } else if (type.equals("tool_result")) {
        String id = block.path("tool_use_id").asText("");
        results.add(id);
        if (block.path("is_error").asBoolean(false)) {
          errors.add(id);
        }
      }
      index++;
    }
  }
}
