package dev.flightlog.importer.bytes;

import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.Members;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds out what a file holds from its beginning; its name does not matter. Stateless. */
public final class Recognition {
  private static final int LINES = 50;

  /** How much of a file is looked at for a document, in bytes. */
  private static final int HEAD = 64 << 10;

  private static final int FIRST_LINE = 200;

  private Recognition() {}

  /** The format, or null when nothing known was found. */
  public static @Nullable Format of(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    int start = start(head, 0, head.length);
    Format document = Formats.ofDocument(Members.of(head, start, head.length));
    if (document != null) {
      return document;
    }
    return lines(new SequenceInputStream(new ByteArrayInputStream(head), in));
  }

  private static @Nullable Format lines(InputStream in) throws IOException {
    LineStream lines = new LineStream(in, 0, new byte[0]);
    boolean timed = false;
    boolean first = true;
    for (int i = 0; i < LINES && lines.next(); i++) {
      if (lines.tooLong()) {
        continue;
      }
      int from = start(lines.bytes(), lines.from(), lines.to());
      if (from == lines.to()) {
        continue;
      }
      if (lines.bytes()[from] != '{') {
        Format text = first ? Formats.ofText(text(lines, from)) : null;
        first = false;
        if (text != null) {
          return text;
        }
        continue;
      }
      first = false;
      Members members = Members.of(lines.bytes(), from, lines.to());
      Format known = Formats.ofLine(members);
      if (known != null) {
        return known;
      }
      timed |= Formats.hasTime(members);
    }
    return timed ? Formats.JSONL : null;
  }

  private static Members text(LineStream lines, int from) {
    int length = Math.min(lines.to() - from, FIRST_LINE);
    return Members.ofText(new String(lines.bytes(), from, length, StandardCharsets.UTF_8));
  }

  /** Behind white space and a byte order mark. */
  public static int start(byte[] bytes, int from, int to) {
    int i = from;
    if (to - i >= 3 && bytes[i] == (byte) 0xef && bytes[i + 1] == (byte) 0xbb) {
      i += 3;
    }
    while (i < to && bytes[i] >= 0 && bytes[i] <= ' ') {
      i++;
    }
    return i;
  }
}
