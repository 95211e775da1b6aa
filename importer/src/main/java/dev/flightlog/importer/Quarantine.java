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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where bytes go that were no event: one file a source, one line of JSON a piece, with source,
 * offset, length, SHA-256, reason and the redacted text.
 *
 * <p>A file is named by the fingerprint of its source, and a piece is known by its place and hash:
 * a piece that is met again, after a crash or in a copy of the source, is not written again. Pieces
 * are written before the position behind them is committed. Safe for several threads.
 */
final class Quarantine implements AutoCloseable {
  /** The most text kept of a piece, in bytes. */
  static final int KEPT = 64 << 10;

  /** So many files are kept open: at least one for each thread that reads. */
  private static final int MOST_OPEN = 8;

  private final Path folder;
  private final Redactor redactor;
  private final RedactionBuffer first = new RedactionBuffer();
  private final RedactionBuffer second = new RedactionBuffer();

  /** The files that are open, by fingerprint, the one used last at the end. */
  private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true);

  Quarantine(Path folder, Redactor redactor) {
    this.folder = folder;
    this.redactor = redactor;
  }

  private static final class Open {
    final FileChannel channel;

    /** The pieces that the file has. */
    final Set<String> known;

    boolean dirty;

    Open(FileChannel channel, Set<String> known) {
      this.channel = channel;
      this.known = known;
    }
  }

  /** A piece of a source. */
  record Piece(String source, String fingerprint, long offset, long length, byte[] hash) {}

  /**
   * Sets a piece aside.
   *
   * @param text the piece, or its head
   * @return false when it was set aside before
   */
  synchronized boolean add(Piece piece, String reason, byte[] text, int from, int to) {
    String key = piece.offset + ":" + HexFormat.of().formatHex(piece.hash);
    try {
      Open file = open(piece.fingerprint);
      if (!file.known.add(key)) {
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
        file.channel.write(bytes);
      }
      file.dirty = true;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot set aside a damaged line in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Forgets the pieces of a document that was torn and has been read as a whole since. */
  synchronized void mended(String fingerprint, String source) throws IOException {
    Path file = folder.resolve(fingerprint + ".jsonl");
    if (!Files.exists(file)) {
      return;
    }
    Open written = open.remove(fingerprint);
    if (written != null) {
      close(written);
    }
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

  private Open open(String fingerprint) throws IOException {
    Open before = open.get(fingerprint);
    if (before != null) {
      return before;
    }
    if (open.size() >= MOST_OPEN) {
      Iterator<Open> longest = open.values().iterator();
      close(longest.next());
      longest.remove();
    }
    OwnerOnly.createFolder(folder);
    Path file = folder.resolve(fingerprint + ".jsonl");
    Set<String> known = new HashSet<>();
    long end = 0;
    if (Files.exists(file)) {
      end = load(file, known);
    }
    FileChannel writing = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // What a killed importer wrote by half is written again, so its half goes.
    writing.truncate(end);
    writing.position(end);
    Open opened = new Open(writing, known);
    open.put(fingerprint, opened);
    return opened;
  }

  /** Remembers the pieces of a file; answers where its last whole line ends. */
  private static long load(Path file, Set<String> known) throws IOException {
    JsonReader json = new JsonReader();
    long end = 0;
    try (var in = Files.newInputStream(file)) {
      LineStream lines = new LineStream(in, 0, new byte[0]);
      while (lines.next() && lines.terminated()) {
        end = lines.end();
        remember(json.reset(lines.bytes(), lines.from(), lines.to()), known);
      }
    }
    return end;
  }

  private static void remember(JsonReader json, Set<String> known) {
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
  synchronized void sync() {
    for (Open file : open.values()) {
      sync(file);
    }
  }

  private void sync(Open file) {
    if (file.dirty) {
      try {
        file.channel.force(false);
        file.dirty = false;
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot set aside damaged lines in " + folder + ": " + e.getMessage(), e);
      }
    }
  }

  private void close(Open file) throws IOException {
    try {
      sync(file);
    } finally {
      file.channel.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      for (Open file : open.values()) {
        close(file);
      }
    } finally {
      open.clear();
    }
  }
}
