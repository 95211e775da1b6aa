package dev.flightlog.importer;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.bytes.LineStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes go that were no event: one file a source, one line of JSON a piece, with source,
 * offset, length, SHA-256, reason and the redacted text.
 *
 * <p>A file is named by the fingerprint of its source, and a piece is known by its place and hash:
 * a piece that is met again, after a crash or in a copy of the source, is not written again. Pieces
 * are written before the position behind them is committed. Not thread-safe.
 */
final class Quarantine implements AutoCloseable {
  /** The most text kept of a piece, in bytes. */
  static final int KEPT = 64 << 10;

  private final Path folder;
  private final Redactor redactor;
  private final RedactionBuffer first = new RedactionBuffer();
  private final RedactionBuffer second = new RedactionBuffer();
  private String open = "";
  private @Nullable FileChannel channel;
  private final Set<String> known = new HashSet<>();
  private boolean dirty;

  Quarantine(Path folder, Redactor redactor) {
    this.folder = folder;
    this.redactor = redactor;
  }

  /** A piece of a source. */
  record Piece(String source, String fingerprint, long offset, long length, byte[] hash) {}

  /**
   * Sets a piece aside.
   *
   * @param text the piece, or its head
   * @return false when it was set aside before
   */
  boolean add(Piece piece, String reason, byte[] text, int from, int to) {
    String key = piece.offset + ":" + HexFormat.of().formatHex(piece.hash);
    try {
      FileChannel file = open(piece.fingerprint);
      if (!known.add(key)) {
        return false;
      }
      JsonWriter line = new JsonWriter(256).beginObject();
      line.key("source").string(piece.source).key("offset").number(piece.offset);
      line.key("length").number(piece.length);
      line.key("sha256").string(HexFormat.of().formatHex(piece.hash));
      line.key("reason").string(redactor.redact(reason));
      line.key("text").string(redacted(text, from, to)).endObject().append('\n');
      ByteBuffer bytes = ByteBuffer.wrap(line.bytes(), 0, line.length());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      dirty = true;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot set aside a damaged line in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Forgets the pieces of a document that was torn and has been read as a whole since. */
  void mended(String fingerprint, String source) throws IOException {
    Path file = folder.resolve(fingerprint + ".jsonl");
    if (!Files.exists(file)) {
      return;
    }
    close();
    String begin = new JsonWriter(256).beginObject().key("source").string(source) + ",";
    List<String> others =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith(begin)).toList();
    if (others.isEmpty()) {
      Files.delete(file);
    } else {
      Path rest = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(rest);
      OwnerOnly.append(rest, (String.join("\n", others) + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(rest, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Redacted as a whole first, so that the cut never goes through a secret. */
  private String redacted(byte[] text, int from, int to) {
    byte[] bytes = text;
    int start = from;
    int end = to;
    if (redactor.redact(bytes, start, end, first)) {
      bytes = Arrays.copyOf(first.array(), first.length());
      start = 0;
      end = bytes.length;
    }
    if (redactor.redactText(bytes, start, end, second)) {
      bytes = second.array();
      start = 0;
      end = second.length();
    }
    return new String(bytes, start, Math.min(end - start, KEPT), StandardCharsets.UTF_8);
  }

  private FileChannel open(String fingerprint) throws IOException {
    if (channel != null && open.equals(fingerprint)) {
      return channel;
    }
    close();
    OwnerOnly.createFolder(folder);
    Path file = folder.resolve(fingerprint + ".jsonl");
    known.clear();
    long end = 0;
    if (Files.exists(file)) {
      end = load(file);
    }
    FileChannel writing = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // What a killed importer wrote by half is written again, so its half goes.
    writing.truncate(end);
    writing.position(end);
    channel = writing;
    open = fingerprint;
    return writing;
  }

  /** Remembers the pieces of a file; answers where its last whole line ends. */
  private long load(Path file) throws IOException {
    JsonReader json = new JsonReader();
    long end = 0;
    try (var in = Files.newInputStream(file)) {
      LineStream lines = new LineStream(in, 0, new byte[0]);
      while (lines.next() && lines.terminated()) {
        end = lines.end();
        remember(json.reset(lines.bytes(), lines.from(), lines.to()));
      }
    }
    return end;
  }

  private void remember(JsonReader json) {
    long offset = -1;
    String hash = null;
    try {
      json.enterObject();
      while (hash == null && json.nextKey()) {
        if (json.keyIs("offset")) {
          offset = json.integer();
        } else if (json.keyIs("sha256")) {
          hash = json.string();
        } else {
          json.skip();
        }
      }
      known.add(offset + ":" + hash);
    } catch (JsonException damaged) {
      // A line of ours that someone else damaged: its piece may be set aside once more.
    }
  }

  /** Brings what was set aside to the disk; called before the position behind it is committed. */
  void sync() {
    FileChannel file = channel;
    if (dirty && file != null) {
      try {
        file.force(false);
        dirty = false;
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot set aside damaged lines in " + folder + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      sync();
      channel.close();
      channel = null;
      open = "";
    }
  }
}
