package dev.flightlog.learning.instructions;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Where our block stands in the bytes of a file, or would stand. Sealed, so that whoever writes a
 * file has to say what happens when it cannot be told.
 */
sealed interface BlockPlace {

  /** No block yet: it goes to the end. */
  record AtEnd() implements BlockPlace {}

  /** One block, from its first marker to the line end of its second, which is not part of it. */
  record Between(int from, int to) implements BlockPlace {}

  /** Nobody can say where ours is; the file must be left as it is. */
  record Unclear(String reason) implements BlockPlace {}

  static BlockPlace of(byte[] file) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file));
    } catch (CharacterCodingException e) {
      return new Unclear("it is not valid UTF-8: save it as UTF-8 and try again");
    }
    if (file.length >= 2 && (file[0] == 0 || file[1] == 0)) {
      return new Unclear("it seems to be UTF-16: save it as UTF-8 and try again");
    }
    // One char a byte, so that places in the text are places in the bytes.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    MarkdownContext context = new MarkdownContext();
    int begin = -1;
    int end = -1;
    for (int from = 0; from < text.length(); ) {
      int lineEnd = endOfLine(text, from);
      String line = text.substring(from, lineEnd);
      String trimmed = line.strip();
      if (trimmed.startsWith(Block.ANY_BEGIN)) {
        if (context.inside()) {
          return new Unclear(
              "its marker in line "
                  + lineNumber(text, from)
                  + " stands in "
                  + context.where()
                  + ": take it out of there");
        }
        if (begin >= 0) {
          return new Unclear(
              "it has two begin markers, the second in line "
                  + lineNumber(text, from)
                  + ": remove one block");
        }
        if (!trimmed.equals(Block.BEGIN)) {
          return new Unclear(
              "the marker in line "
                  + lineNumber(text, from)
                  + " is of another format: a newer Flightlog wrote it, or somebody changed it");
        }
        begin = from + line.indexOf('<');
      } else if (trimmed.startsWith(Block.ANY_END)) {
        if (begin < 0) {
          return new Unclear(
              "the end marker in line "
                  + lineNumber(text, from)
                  + " has no begin marker before it");
        }
        if (end >= 0) {
          return new Unclear(
              "it has two end markers, the second in line " + lineNumber(text, from));
        }
        end = from + line.indexOf('<') + Block.END.length();
        if (!trimmed.equals(Block.END)) {
          return new Unclear("the end marker in line " + lineNumber(text, from) + " was changed");
        }
      } else if (begin < 0 || end >= 0) {
        context.line(line);
      }
      from = lineEnd + 1;
    }
    if (begin >= 0 && end < 0) {
      return new Unclear(
          "the begin marker in line " + lineNumber(text, begin) + " has no end marker after it");
    }
    if (begin >= 0) {
      return new Between(begin, end);
    }
    return context.inside()
        ? new Unclear(
            "it ends inside "
                + context.where()
                + " that is not closed, where a block would not be read")
        : new AtEnd();
  }

  /** The file with this block in its place; what stands outside keeps every byte. */
  static byte[] with(byte[] file, Block block, BlockPlace placement) {
    return switch (placement) {
      case AtEnd end -> block.isEmpty() ? file.clone() : appended(file, block);
      case Between between -> replaced(file, block, between);
      case Unclear unclear -> throw new IllegalArgumentException(unclear.reason());
    };
  }

  private static byte[] appended(byte[] file, Block block) {
    String lineEnd = lineEnd(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(file);
    if (file.length > 0) {
      if (file[file.length - 1] != '\n') {
        out.writeBytes(lineEnd.getBytes(StandardCharsets.US_ASCII));
      }
      out.writeBytes(lineEnd.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes((block.text(lineEnd) + lineEnd).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] replaced(byte[] file, Block block, Between between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, between.from());
    if (!block.isEmpty()) {
      out.writeBytes(block.text(lineEnd(file)).getBytes(StandardCharsets.UTF_8));
    }
    out.write(file, between.to(), file.length - between.to());
    return out.toByteArray();
  }

  /** The line end of the first line, as an editor would go on. */
  private static String lineEnd(byte[] file) {
    for (int i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        return i > 0 && file[i - 1] == '\r' ? "\r\n" : "\n";
      }
    }
    return "\n";
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int lineNumber(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
