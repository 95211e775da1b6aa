package dev.flightlog.formats.claude;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main transcript beside a subagent's own: {@code <session>.jsonl} beside {@code
 * <session>/subagents/agent-<id>.jsonl}. There stands the call that started the subagent, with its
 * type, and behind its result the id. Read once, when a type is asked for; where it is not there
 * nothing is known. Not thread-safe.
 */
final class ClaudeMainFile {
  /** No larger file is searched. */
  private static final long LARGEST = 256L << 20;

  private final Path file;
  private @Nullable Map<String, String> types;

  /**
   * @param file the transcript that is read
   */
  ClaudeMainFile(Path file) {
    this.file = file;
  }

  @Nullable String typeOf(String agentId) {
    Map<String, String> known = types;
    if (known == null) {
      known = read();
      types = known;
    }
    return known.get(agentId);
  }

  private Map<String, String> read() {
    Path folder = file.getParent();
    Path session = folder == null ? null : folder.getParent();
    Path main =
        folder == null || session == null || !folder.endsWith("subagents")
            ? null
            : session.resolveSibling(session.getFileName() + ".jsonl");
    Map<String, String> found = new HashMap<>();
    try {
      if (main == null || !Files.isRegularFile(main) || Files.size(main) > LARGEST) {
        return found;
      }
      Map<String, String> byCall = new HashMap<>();
      try (BufferedReader lines =
          new BufferedReader(
              new java.io.InputStreamReader(
                  Files.newInputStream(main),
                  StandardCharsets.UTF_8
                      .newDecoder()
                      .onMalformedInput(java.nio.charset.CodingErrorAction.REPLACE)
                      .onUnmappableCharacter(java.nio.charset.CodingErrorAction.REPLACE)))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.contains("\"subagent_type\"") || line.contains("\"agentId\"")) {
            look(line, byCall, found);
          }
        }
      }
    } catch (IOException | UncheckedIOException notReadable) {
      return found;
    }
    return found;
  }

  private static void look(String line, Map<String, String> byCall, Map<String, String> found) {
    Map<?, ?> map;
    try {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      map = map(new JsonReader().reset(utf8, 0, utf8.length).value());
    } catch (JsonException torn) {
      return;
    }
    Object agentId = map(map.get("toolUseResult")).get("agentId");
    if (!(map(map.get("message")).get("content") instanceof List<?> blocks)) {
      return;
    }
    for (Object each : blocks) {
      Map<?, ?> block = map(each);
      Object type = map(block.get("input")).get("subagent_type");
      if (type instanceof String name && block.get("id") instanceof String id) {
        byCall.put(id, name);
      }
      String name = byCall.get(String.valueOf(block.get("tool_use_id")));
      if (name != null && agentId instanceof String id) {
        found.put(id, name);
      }
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
