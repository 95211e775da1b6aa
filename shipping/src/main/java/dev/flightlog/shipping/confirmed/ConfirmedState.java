package dev.flightlog.shipping.confirmed;

import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.shipping.confirmed.Root.Seen;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is confirmed: when each root was looked at last, and the sizes of files that were written to
 * lately. A file without a size is confirmed when it was not written to since. Not safe for several
 * threads.
 */
final class ConfirmedState {
  private static final long LATELY_MILLIS = TimeUnit.DAYS.toMillis(30);
  private static final int MOST_FILES = 10_000;

  /** Times of files are rounded by some systems. */
  private static final long ROUNDED_MILLIS = 2_000;

  private final long begun;
  private final Map<String, Long> looked;
  private final Map<String, Long> sizes;
  private final String problem;

  private ConfirmedState(
      long begun, Map<String, Long> looked, Map<String, Long> sizes, String problem) {
    this.begun = begun;
    this.looked = looked;
    this.sizes = sizes;
    this.problem = problem;
  }

  /** Nothing is confirmed, and everything waits since now. */
  static ConfirmedState none(long now) {
    return new ConfirmedState(now, new TreeMap<>(), new TreeMap<>(), "");
  }

  /** What a file says of this store; nothing when there is none, or it cannot be understood. */
  static ConfirmedState read(Path file, String store, long now) throws IOException {
    byte[] bytes;
    try {
      bytes = RegularFile.read(file);
    } catch (NoSuchFileException e) {
      return none(now);
    }
    try {
      if (new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map
          && store.equals(map.get("store"))
          && map.get("begun") instanceof Long begun) {
        return new ConfirmedState(
            begun,
            numbers(map.get("looked")),
            numbers(map.get("files")),
            map.get("problem") instanceof String told ? told : "");
      }
    } catch (JsonException e) {
      // As if it was not there: more is said to wait than does.
    }
    return none(now);
  }

  private static Map<String, Long> numbers(@Nullable Object value) {
    Map<String, Long> all = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> {
        if (each instanceof Long number) {
          all.put(String.valueOf(key), number);
        }
      });
    }
    return all;
  }

  byte[] encoded(String store) {
    JsonWriter out = new JsonWriter().beginObject();
    out.key("store").string(store).key("begun").number(begun).key("problem").string(problem);
    out.key("looked").value(looked).key("files").value(sizes);
    return out.endObject().append('\n').toByteArray();
  }

  String problem() {
    return problem;
  }

  Instant begun() {
    return Instant.ofEpochMilli(begun);
  }

  ConfirmedState withProblem(String now) {
    return new ConfirmedState(begun, looked, sizes, now);
  }

  Optional<Instant> looked(Root root) {
    return Optional.ofNullable(looked.get(root.path().toString())).map(Instant::ofEpochMilli);
  }

  /** Takes over what another process has confirmed since. */
  void with(ConfirmedState other) {
    other.looked.forEach((root, time) -> looked.merge(root, time, Math::max));
    other.sizes.forEach(sizes::putIfAbsent);
  }

  /** Answers whether a file or a root is new, or another size is confirmed. */
  boolean confirm(Look look) {
    String root = look.root().path().toString();
    boolean news = !looked.containsKey(root);
    looked.put(root, look.begun());
    for (Map.Entry<String, Seen> each : look.files().entrySet()) {
      Seen seen = each.getValue();
      if (seen.modified() >= look.begun() - LATELY_MILLIS) {
        Long before = sizes.put(each.getKey(), seen.size());
        news |= before == null || before != seen.size();
      } else {
        sizes.remove(each.getKey());
      }
    }
    if (sizes.size() > MOST_FILES) {
      keepNewest(look);
    }
    return news;
  }

  private void keepNewest(Look look) {
    Map<String, Long> newest = new LinkedHashMap<>();
    look.files().entrySet().stream()
        .sorted(Comparator.comparingLong(each -> -each.getValue().modified()))
        .limit(MOST_FILES / 2)
        .forEach(each -> newest.put(each.getKey(), each.getValue().size()));
    sizes.keySet().retainAll(newest.keySet());
  }

  /** How many bytes of a file are confirmed. */
  long confirmed(Root root, String file, Seen seen) {
    Long size = sizes.get(file);
    if (size != null) {
      return size <= seen.size() ? size : 0;
    }
    Long last = looked.get(root.path().toString());
    return last != null && seen.modified() < last - ROUNDED_MILLIS ? seen.size() : 0;
  }
}
