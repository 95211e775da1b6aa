package dev.flightlog.server.tasks;

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
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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
  private record Lines(Path file, long from, long end) {}

  Response response(Request request) throws IOException {
    Map<TaskFile, byte[]> objects = new EnumMap<>(TaskFile.class);
    Map<TaskFile, Lines> streams = new EnumMap<>(TaskFile.class);
    StringBuilder state = new StringBuilder("tail " + tail);
    for (TaskFile part : TaskFile.values()) {
      Optional<Path> file = folders.file(id, part);
      if (file.isPresent()) {
        BasicFileAttributes now = LogFile.attributes(file.get());
        state.append(' ').append(part).append(' ').append(LogFile.state(now));
        if (part.isStream()) {
          long end = now.size();
          long from = tail == null ? 0 : LogFile.lastLines(file.get(), end, tail);
          streams.put(part, new Lines(file.get(), from, end));
        } else {
          objects.put(part, Files.readAllBytes(file.get()));
        }
      }
    }
    Content.Written written = out -> write(objects, streams, out);
    return LogFile.tagged(
        request, Etag.of(state.toString()), Response.of(200, "application/json", written));
  }

  private void write(Map<TaskFile, byte[]> objects, Map<TaskFile, Lines> streams, OutputStream out)
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
        boolean whole = object != null && isJson(object, object.length);
        out.write(whole && object != null ? object : new byte[] {'n', 'u', 'l', 'l'});
      }
    }
    out.write('}');
    out.write('\n');
  }

  private static void writeLines(@Nullable Lines lines, OutputStream out) throws IOException {
    out.write('[');
    if (lines != null) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(lines.file), 64 * 1024)) {
        in.skipNBytes(lines.from);
        long left = lines.end - lines.from;
        boolean first = true;
        Line line = new Line();
        while (left > 0) {
          left -= line.read(in, left);
          if (isJson(line.bytes(), line.size())) {
            out.write(first ? ' ' : ',');
            line.writeTo(out);
            first = false;
          }
        }
      }
    }
    out.write(']');
  }

  private static boolean isJson(byte[] bytes, int length) {
    try {
      JsonReader reader = new JsonReader().reset(bytes, 0, length);
      boolean object = reader.value() instanceof Map;
      reader.finish();
      return object;
    } catch (JsonException e) {
      return false;
    }
  }

  /** One line at a time, without copies. */
  private static final class Line extends ByteArrayOutputStream {
    /** Reads up to and without the next line feed; answers how many bytes that took. */
    long read(InputStream in, long most) throws IOException {
      reset();
      long taken = 0;
      while (taken < most) {
        int c = in.read();
        if (c < 0) {
          return most;
        }
        taken++;
        if (c == '\n') {
          return taken;
        }
        write(c);
      }
      return taken;
    }

    byte[] bytes() {
      return buf;
    }
  }
}
