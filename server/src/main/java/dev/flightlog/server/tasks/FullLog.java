package dev.flightlog.server.tasks;

import dev.flightlog.event.files.LineSplitter;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Etag;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole task as one JSON object, made from its files while it is sent, a line at a time: so a
 * long output takes no memory. What is no JSON, because it was torn, is left out.
 */
final class FullLog {
  private final TaskFolders folders;
  private final TaskId id;
  private final @Nullable Long tail;

  /**
   * @param tail only so many lines of each stream; null for all
   */
  FullLog(TaskFolders folders, TaskId id, @Nullable Long tail) {
    this.folders = folders;
    this.id = id;
    this.tail = tail;
  }

  /** A part of a stream, as long as it was when the answer began. */
  private record Part(Path file, long from, long end) {}

  Response response(Request request) throws IOException {
    Map<TaskFile, byte[]> objects = new EnumMap<>(TaskFile.class);
    Map<TaskFile, Part> streams = new EnumMap<>(TaskFile.class);
    StringBuilder state = new StringBuilder("tail " + tail);
    for (TaskFile part : TaskFile.values()) {
      Optional<Path> file = folders.file(id, part);
      if (file.isPresent()) {
        BasicFileAttributes now = LogFile.attributes(file.get());
        state.append(' ').append(part).append(' ').append(LogFile.state(now));
        if (part.isStream()) {
          long end = now.size();
          long from = tail == null ? 0 : LogFile.lastLines(file.get(), end, tail);
          streams.put(part, new Part(file.get(), from, end));
        } else {
          objects.put(part, Files.readAllBytes(file.get()));
        }
      }
    }
    Content.Written written = out -> write(objects, streams, out);
    return LogFile.tagged(
        request, Etag.of(state.toString()), Response.of(200, "application/json", written));
  }

  private void write(Map<TaskFile, byte[]> objects, Map<TaskFile, Part> streams, OutputStream out)
      throws IOException {
    out.write(
        new JsonWriter()
            .string(id.value())
            .toString()
            .transform("{\"task_id\":"::concat)
            .getBytes(StandardCharsets.UTF_8));
    for (TaskFile part : TaskFile.values()) {
      String key = ",\"" + part.word().toLowerCase(Locale.ROOT).replace('-', '_') + "\":";
      out.write(key.getBytes(StandardCharsets.UTF_8));
      if (part.isStream()) {
        writeLines(streams.get(part), out);
      } else {
        byte[] object = objects.get(part);
        boolean whole = object != null && isJson(object, 0, object.length);
        out.write(whole && object != null ? object : new byte[] {'n', 'u', 'l', 'l'});
      }
    }
    out.write('}');
    out.write('\n');
  }

  private static void writeLines(@Nullable Part part, OutputStream out) throws IOException {
    out.write('[');
    if (part != null) {
      try (InputStream in = Files.newInputStream(part.file)) {
        in.skipNBytes(part.from);
        LineSplitter lines = new LineSplitter(Integer.MAX_VALUE - 8, new Elements(out));
        byte[] chunk = new byte[64 * 1024];
        long left = part.end - part.from;
        int n;
        while (left > 0 && (n = in.read(chunk, 0, (int) Math.min(left, chunk.length))) >= 0) {
          lines.take(chunk, 0, n);
          left -= n;
        }
        lines.end();
      }
    }
    out.write(']');
  }

  /** Lines that are objects become the elements of an array. */
  private static final class Elements implements LineSplitter.Sink {
    private final OutputStream out;
    private boolean first = true;

    Elements(OutputStream out) {
      this.out = out;
    }

    @Override
    public void line(byte[] bytes, int from, int to) throws IOException {
      if (isJson(bytes, from, to)) {
        out.write(first ? ' ' : ',');
        out.write(bytes, from, to - from);
        first = false;
      }
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) {
      // More than an array can hold, so it is no line of ours.
    }
  }

  private static boolean isJson(byte[] bytes, int from, int to) {
    try {
      JsonReader reader = new JsonReader().reset(bytes, from, to);
      boolean object = reader.value() instanceof Map;
      reader.finish();
      return object;
    } catch (JsonException e) {
      return false;
    }
  }
}
