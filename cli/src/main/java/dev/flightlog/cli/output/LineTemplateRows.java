package dev.flightlog.cli.output;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.patterns.templates.Template;
import dev.flightlog.wording.Csv;
import dev.flightlog.wording.SafeText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Lines with their templates as they are told, as CSV or JSON; what is the same for all lines of a
 * template is made once. For one thread.
 */
public final class LineTemplateRows {
  private final boolean csv;
  private final PrintStream out;
  private final byte[] buffer = new byte[1 << 16];
  private final Map<String, byte[]> ends = new HashMap<>();
  private int size;

  public LineTemplateRows(Format format, PrintStream out) {
    this.csv = format == Format.CSV;
    this.out = out;
    put((csv ? "line,template_id,template\n" : "[").getBytes(StandardCharsets.US_ASCII));
  }

  /** Prints a row. */
  public void line(long number, Template template) {
    byte[] end = ends.get(template.id());
    if (end == null) {
      end = csv ? csvEnd(template) : jsonEnd(template);
      if (ends.size() < 100_000) {
        ends.put(template.id(), end);
      }
    }
    String start = csv ? "" : number == 1 ? "{\"line\":" : ",{\"line\":";
    put(start.getBytes(StandardCharsets.US_ASCII));
    put(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    put(end);
  }

  private static byte[] csvEnd(Template template) {
    return (',' + Csv.row(template.id(), template.text())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] jsonEnd(Template template) {
    String text = new JsonWriter().string(template.text()).toString();
    String id = new JsonWriter().string(template.id()).toString();
    return SafeText.json(",\"template_id\":" + id + ",\"template\":" + text + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void put(byte[] bytes) {
    if (size + bytes.length > buffer.length) {
      flush();
    }
    if (bytes.length > buffer.length) {
      out.write(bytes, 0, bytes.length);
      return;
    }
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void flush() {
    out.write(buffer, 0, size);
    size = 0;
  }

  /** Ends the output. */
  public void finish() {
    put((csv ? "" : "]\n").getBytes(StandardCharsets.US_ASCII));
    flush();
    out.flush();
  }
}
