package dev.flightlog.recorder.journal;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sets damaged pieces of a ring aside, in the form of all quarantine: a line of JSON a piece in
 * {@code quarantine/<ring>.jsonl}. What was in a ring is redacted already. For one thread.
 */
final class DamagedPieces {
  private static final int KEPT = 64 << 10;

  private final Path file;
  private final String source;
  private int count;

  DamagedPieces(Path basePath, Path ring) {
    String name = String.valueOf(ring.getFileName());
    file = basePath.resolve("quarantine").resolve(name + ".jsonl");
    source = RingFile.FOLDER + "/" + name;
  }

  /** How many were set aside. */
  int count() {
    return count;
  }

  /** Keeps a piece, once, however often it is met. */
  void add(long offset, byte[] bytes, String reason) {
    count++;
    JsonWriter line = new JsonWriter().beginObject().key("source").string(source);
    line.key("offset").number(offset).key("length").number(bytes.length);
    line.key("sha256").string(Sha256.hex(bytes)).key("reason").string(reason);
    int kept = Math.min(bytes.length, KEPT);
    line.key("text").string(new String(bytes, 0, kept, StandardCharsets.UTF_8));
    line.endObject().append('\n');
    try {
      if (!Files.exists(file) || !Files.readString(file).contains(line.toString())) {
        Path folder = file.getParent();
        OwnerOnly.createFolder(folder == null ? file : folder);
        OwnerOnly.append(file, line.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set aside a piece of " + source + " in " + file, e);
    }
  }
}
