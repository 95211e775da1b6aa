package dev.flightlog.forwarding;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far each journal was sent, in bytes, on disk: written after what stands before it was taken,
 * so that a kill makes some events be sent again, and none be left out. Not thread-safe.
 */
final class Positions {
  private final Path file;
  private final Map<String, Long> sent = new TreeMap<>();
  private String target = "";
  private String problem = "";

  private Positions(Path file) {
    this.file = file;
  }

  /**
   * Those in this file; none where there is no file, or it is damaged, or they are of another
   * target: then all that is still there is sent.
   */
  static Positions load(Path file, String target) throws IOException {
    Positions positions = new Positions(file);
    positions.target = target;
    byte[] bytes;
    try {
      bytes = RegularFile.read(file);
    } catch (NoSuchFileException e) {
      return positions;
    }
    try {
      Object value = new JsonReader().reset(bytes, 0, bytes.length).value();
      if (value instanceof Map<?, ?> map
          && target.equals(map.get("to"))
          && map.get("sent") instanceof Map<?, ?> each) {
        positions.problem = map.get("problem") instanceof String words ? words : "";
        each.forEach((name, at) -> {
          if (at instanceof Long offset && offset >= 0) {
            positions.sent.put(String.valueOf(name), offset);
          }
        });
      }
    } catch (JsonException damaged) {
      positions.sent.clear();
    }
    return positions;
  }

  /** Why nothing was taken when it was tried last; empty when all was well. */
  String problem() {
    return problem;
  }

  void problem(String words) {
    problem = words;
  }

  long of(Path journal) {
    return sent.getOrDefault(name(journal), 0L);
  }

  void set(Path journal, long offset) {
    sent.put(name(journal), offset);
  }

  /** Forgets journals that are not there any more. */
  void keepOnly(Iterable<Path> journals) {
    Map<String, Long> kept = new TreeMap<>();
    for (Path journal : journals) {
      Long offset = sent.get(name(journal));
      if (offset != null) {
        kept.put(name(journal), offset);
      }
    }
    sent.clear();
    sent.putAll(kept);
  }

  /** Writes them; atomically, and behind what they tell of. */
  void save() throws IOException {
    JsonWriter out = new JsonWriter().beginObject();
    out.key("to").string(target);
    if (!problem.isEmpty()) {
      out.key("problem").string(problem);
    }
    out.key("sent").beginObject();
    sent.forEach((name, offset) -> out.key(name).number(offset));
    out.endObject().endObject();
    AtomicFile.write(file, out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Path journal) {
    return String.valueOf(journal.getFileName());
  }
}
