package dev.flightlog.patterns.templates;

import dev.flightlog.event.files.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a text file, each with its template. A file of some million lines is read twice,
 * once to learn and once to tell, so that memory does not grow with it. Blocks on the file; for one
 * thread.
 */
public final class TemplatedLines {
  private static final int BUFFER = 1 << 18;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Lines whose signatures are remembered, so that they need not be read again. */
  private static final int REMEMBERED = 1 << 22;

  private final Path file;
  private final Templates templates;
  private int[] signatures = new int[1024];
  private long lines;

  private TemplatedLines(Path file, Templates templates) {
    this.file = file;
    this.templates = templates;
  }

  /** What is told of each line. */
  public interface Sink {
    /** Takes a line; the first has number 1. */
    void line(long number, Template template) throws IOException;
  }

  private interface Reader {
    void line(byte[] bytes, int from, int to) throws IOException;
  }

  /**
   * Learns the templates of a file. Lines end with a line feed, with or without a carriage return;
   * what is no UTF-8 in them does no harm.
   */
  public static TemplatedLines learn(Path file) throws IOException {
    return learn(file, new Templates());
  }

  static TemplatedLines learn(Path file, Templates templates) throws IOException {
    TemplatedLines learnt = new TemplatedLines(file, templates);
    learnt.read((bytes, from, to) -> {
      int signature = learnt.templates.take(bytes, from, to);
      learnt.remember(signature);
    });
    return learnt;
  }

  private void remember(int signature) {
    if (lines < REMEMBERED) {
      int at = (int) lines;
      if (at == signatures.length) {
        signatures = Arrays.copyOf(signatures, 2 * at);
      }
      signatures[at] = signature;
    }
    lines++;
  }

  public Templates templates() {
    return templates;
  }

  /** How many lines there were. */
  public long lines() {
    return lines;
  }

  /** Tells the template of each line, in order. */
  public void tell(Sink sink) throws IOException {
    Templates.Lookup lookup = templates.lookup();
    if (lines <= REMEMBERED && !templates.isFolded()) {
      for (int i = 0; i < lines; i++) {
        sink.line(i + 1, lookup.of(signatures[i]));
      }
      return;
    }
    read(
        new Reader() {
          private long number;

          @Override
          public void line(byte[] bytes, int from, int to) throws IOException {
            sink.line(++number, lookup.of(bytes, from, to));
          }
        });
  }

  private void read(Reader reader) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int kept = 0;
    boolean told = false;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, BUFFER - kept)) {
        int end = kept + read;
        int start = 0;
        for (int i = Lines.end(buffer, kept, end); i < end; i = Lines.end(buffer, start, end)) {
          if (!told) {
            reader.line(buffer, start, i);
          }
          told = false;
          start = i + 1;
        }
        kept = end - start;
        if (kept == BUFFER) { // A line longer than the buffer: its beginning is enough.
          if (!told) {
            reader.line(buffer, 0, end);
          }
          told = true;
          kept = 0;
        }
        System.arraycopy(buffer, start, buffer, 0, kept);
      }
    }
    if (kept > 0 && !told) {
      reader.line(buffer, 0, kept);
    }
  }
}
