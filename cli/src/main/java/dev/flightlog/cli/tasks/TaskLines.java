package dev.flightlog.cli.tasks;

import dev.flightlog.cli.output.Format;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The lines of a task's file, for people and for programs; one at a time. Stateless. */
public final class TaskLines {
  private TaskLines() {}

  /** As text: time, what it is, and what it says. As JSON: an array. A torn line is left out. */
  static void print(Path file, Format format, PrintStream out) throws IOException {
    boolean first = true;
    if (format == Format.JSON) {
      out.print('[');
    }
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        Map<?, ?> object = object(line);
        if (object == null) {
          continue;
        }
        if (format == Format.JSON) {
          out.print(first ? "" : ",\n");
          out.print(line);
        } else {
          print(object, out);
        }
        first = false;
      }
    }
    if (format == Format.JSON) {
      out.println(']');
    }
    out.flush();
  }

  private static @org.jspecify.annotations.Nullable Map<?, ?> object(String line) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    try {
      return new JsonReader().reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> map
          ? map
          : null;
    } catch (JsonException torn) {
      return null;
    }
  }

  private static void print(Map<?, ?> object, PrintStream out) {
    Object time = object.get("timestamp");
    Object kind = object.get("type") == null ? object.get("stage") : object.get("type");
    String head =
        (time == null ? "" : SafeText.sentence(time.toString()) + "  ")
            + (kind == null ? "" : SafeText.sentence(kind.toString()) + "  ")
            + (object.get("tool") == null
                ? ""
                : SafeText.sentence(object.get("tool").toString()) + "  ");
    if (object.get("content") instanceof String content) {
      for (String line : content.split("\n", -1)) {
        out.println(head + SafeText.of(line));
      }
      return;
    }
    StringBuilder rest = new StringBuilder();
    object.forEach((key, value) -> {
      if (!"timestamp".equals(key) && !"stage".equals(key) && !"type".equals(key)) {
        String text =
            value instanceof String plain ? plain : new JsonWriter().value(value).toString();
        rest.append(rest.isEmpty() ? "" : "  ").append(key).append('=').append(text);
      }
    });
    out.println(head + SafeText.sentence(rest.toString()));
  }
}
