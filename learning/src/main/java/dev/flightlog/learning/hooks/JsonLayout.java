package dev.flightlog.learning.hooks;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.hooks.JsonPlaces.Range;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * How a JSON text is laid out: on one line or indented by what, and with which line ends; what is
 * put into it is laid out in the same way. Immutable.
 *
 * @param bytes of the whole text
 * @param indent of one level; empty for a text on one line
 * @param lineEnd empty for a text on one line
 */
record JsonLayout(byte[] bytes, String indent, String lineEnd) {

  /** As the first member of the object stands; an empty object is laid out as usual. */
  static JsonLayout of(byte[] bytes, Range object) {
    int at = object.from() + 1;
    StringBuilder space = new StringBuilder();
    while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n') {
      space.append((char) bytes[at++]);
    }
    if (bytes[at] == '}') {
      return new JsonLayout(bytes, "  ", "\n");
    }
    int line = space.lastIndexOf("\n");
    if (line < 0) {
      return new JsonLayout(bytes, "", "");
    }
    String lineEnd = line > 0 && space.charAt(line - 1) == '\r' ? "\r\n" : "\n";
    String indent = space.substring(line + 1);
    return new JsonLayout(bytes, indent.isEmpty() ? "  " : indent, lineEnd);
  }

  /** With one more member at the end of an object. */
  byte[] withMember(Range object, boolean first, String key, Object value, int depth) {
    String separator = lineEnd.isEmpty() ? "" : " ";
    String text = quoted(key) + ":" + separator + text(value, depth);
    return inserted(object, first, text, depth);
  }

  /** With one more element at the end of an array. */
  byte[] withElement(Range array, boolean first, Object value, int depth) {
    return inserted(array, first, text(value, depth), depth);
  }

  /** With another value in the place of an element. */
  byte[] replaced(Range element, Object value, int depth) {
    return HookSettings.spliced(bytes, element.from(), element.to(), text(value, depth));
  }

  private byte[] inserted(Range container, boolean first, String text, int depth) {
    int close = container.to() - 1;
    if (first) {
      return HookSettings.spliced(
          bytes, container.from() + 1, close, lineStart(depth) + text + lineStart(depth - 1));
    }
    int end = close;
    while (bytes[end - 1] == ' '
        || bytes[end - 1] == '\t'
        || bytes[end - 1] == '\r'
        || bytes[end - 1] == '\n') {
      end--;
    }
    return HookSettings.spliced(bytes, end, end, "," + lineStart(depth) + text);
  }

  private String lineStart(int depth) {
    return lineEnd + indent.repeat(depth);
  }

  private String text(Object value, int depth) {
    return switch (value) {
      case Map<?, ?> map -> {
        StringBuilder out = new StringBuilder("{");
        map.forEach((key, each) ->
            out.append(out.length() == 1 ? "" : ",")
                .append(lineStart(depth + 1))
                .append(quoted(String.valueOf(key)))
                .append(lineEnd.isEmpty() ? ":" : ": ")
                .append(text(each, depth + 1)));
        yield out.append(lineStart(depth)).append('}').toString();
      }
      case List<?> list -> {
        StringBuilder out = new StringBuilder("[");
        list.forEach(each ->
            out.append(out.length() == 1 ? "" : ",")
                .append(lineStart(depth + 1))
                .append(text(each, depth + 1)));
        yield out.append(lineStart(depth)).append(']').toString();
      }
      default -> new JsonWriter().value(value).toString();
    };
  }

  private static String quoted(String text) {
    return new JsonWriter().string(text).toString();
  }

  /** Without some of the members or elements of one container, with the commas between. */
  static byte[] without(byte[] bytes, List<Range> all, List<Range> gone) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int kept = 0;
    for (int i = 0; i < all.size(); i++) {
      Range each = all.get(i);
      if (!gone.contains(each)) {
        continue;
      }
      // The comma before it goes with it; the first one takes the comma behind it.
      boolean last = i == all.size() - 1;
      int from = i > 0 ? all.get(i - 1).to() : each.from();
      int to = i > 0 || last ? each.to() : all.get(i + 1).from();
      if (i == 0 && last) {
        from = back(bytes, each.from());
        to = forth(bytes, each.to());
      }
      out.write(bytes, kept, Math.max(kept, from) - kept);
      kept = to;
    }
    out.write(bytes, kept, bytes.length - kept);
    return out.toByteArray();
  }

  private static int back(byte[] bytes, int at) {
    int from = at;
    while (isSpace(bytes[from - 1])) {
      from--;
    }
    return from;
  }

  private static int forth(byte[] bytes, int at) {
    int to = at;
    while (isSpace(bytes[to])) {
      to++;
    }
    return to;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
