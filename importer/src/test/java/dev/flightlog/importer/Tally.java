package dev.flightlog.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Counts of what a sample holds: made slowly by a test that reads the raw sample with Jackson, and
 * made of the events of an import, to be compared.
 */
final class Tally {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final Set<String> sessions = new HashSet<>();
  final Set<String> calls = new HashSet<>();
  final Set<String> failed = new HashSet<>();
  final Set<String> prompts = new HashSet<>();
  final Map<String, long[]> responses = new HashMap<>();

  /** The figures that are compared. */
  record Counts(
      int sessions,
      int calls,
      int failed,
      int prompts,
      int responses,
      long input,
      long output,
      long cacheRead,
      long cacheWrite) {}

  /** A response and its four kinds of tokens; of several reports the largest counts. */
  void response(String key, long input, long output, long cacheRead, long cacheWrite) {
    long[] told = {input, output, cacheRead, cacheWrite};
    if (sum(told) > 0) {
      responses.merge(key, told, (a, b) -> sum(a) >= sum(b) ? a : b);
    }
  }

  /** A response that tells that it used nothing. */
  void emptyResponse(String key) {
    responses.putIfAbsent(key, new long[4]);
  }

  private static long sum(long[] four) {
    return four[0] + four[1] + four[2] + four[3];
  }

  Counts counts() {
    failed.retainAll(calls);
    return new Counts(
        sessions.size(),
        calls.size(),
        failed.size(),
        prompts.size(),
        responses.size(),
        kind(0),
        kind(1),
        kind(2),
        kind(3));
  }

  private long kind(int index) {
    return responses.values().stream().mapToLong(four -> four[index]).sum();
  }

  /** The same figures of what was imported. */
  static Counts of(Desk desk) {
    List<Event> calls = desk.events("tool_call");
    List<Event> responses = desk.events("model_call");
    return new Counts(
        desk.events("session_started").size(),
        calls.size(),
        (int) calls.stream().filter(call -> Boolean.FALSE.equals(call.get(Field.SUCCESS))).count(),
        desk.events("user_prompt").size(),
        responses.size(),
        detail(responses, "input_tokens"),
        detail(responses, "output_tokens"),
        detail(responses, "cache_read_tokens"),
        detail(responses, "cache_write_tokens"));
  }

  private static long detail(List<Event> events, String name) {
    return events.stream()
        .mapToLong(event -> event.details().get(name) instanceof Number n ? n.longValue() : 0)
        .sum();
  }

  /** The files of a sample. */
  static List<Path> files(Path sample) {
    try (Stream<Path> files = Files.walk(sample)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON objects of the lines of a file; what is no JSON is passed over. */
  static List<JsonNode> lines(Path file) {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : text(file).split("\n")) {
      try {
        JsonNode node = MAPPER.readTree(line);
        if (node != null && node.isObject()) {
          nodes.add(node);
        }
      } catch (IOException torn) {
        continue;
      }
    }
    return nodes;
  }

  static JsonNode document(Path file) {
    return json(text(file));
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
