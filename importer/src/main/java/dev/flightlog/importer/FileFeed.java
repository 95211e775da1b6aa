package dev.flightlog.importer;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.otlp.OtlpFile;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileBytes;
import dev.flightlog.importer.bytes.FileMark;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import dev.flightlog.importer.bytes.GuardedReader;
import dev.flightlog.importer.bytes.LineStream;
import dev.flightlog.importer.bytes.Pieces;
import dev.flightlog.importer.bytes.ReadResult;
import dev.flightlog.importer.bytes.Recognition;
import dev.flightlog.importer.bytes.WholeFile;
import dev.flightlog.store.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file from where it was left to its end. Every line becomes rows, is passed over as
 * known and silent, or goes to quarantine; a last line that is not complete waits. Position and
 * rows travel in one load.
 */
final class FileFeed {
  /** The stamp of a file that is not read to its end: the next import reads on. */
  static final Stamp UNFINISHED = new Stamp(-1, 0, 0);

  /** The largest JSON document that is read, in bytes; it is held in memory as a whole. */
  private static final int LARGEST_DOCUMENT = 32 << 20;

  private final ReaderSettings settings;
  private final Quarantine quarantine;
  private final Handover handover;
  private final ImportTotals totals;
  private final Pieces pieces = new Pieces();

  private final Found file;
  private final String name;
  private final Format format;
  private final Stamp stamp;
  private final long fallbackTime;
  private final boolean closed;
  private @Nullable GuardedReader reader;
  private String fingerprint = "";
  private int firstLength;
  private long position;
  private byte[] tail = new byte[0];
  private boolean pending;
  private final Leftovers leftovers;

  FileFeed(
      ReaderSettings settings,
      Quarantine quarantine,
      Handover handover,
      ImportTotals totals,
      Found file,
      Format format,
      Stamp stamp,
      boolean closed) {
    this.settings = settings;
    this.quarantine = quarantine;
    this.handover = handover;
    this.totals = totals;
    this.file = file;
    this.format = format;
    this.stamp = stamp;
    this.closed = closed;
    this.leftovers = new Leftovers(totals, format);
    this.name = settings.redactor().redact(file.path().toString());
    this.fallbackTime = file.attributes().lastModifiedTime().to(TimeUnit.MICROSECONDS);
  }

  /**
   * Reads on.
   *
   * @param mark how far the file was read before, or null
   */
  ReadResult read(@Nullable FileMark mark) throws IOException, InterruptedException {
    if (format == Formats.STREAM_JSON && FileBytes.firstByte(file.path()) == '[') {
      return document();
    }
    return format.isDocument() ? run(mark) : lines(mark);
  }

  private ReadResult lines(@Nullable FileMark mark) throws IOException, InterruptedException {
    ReadResult ending;
    try (InputStream in = FileBytes.open(file.path())) {
      if (mark != null && mark.format() == format && FileBytes.continues(file.path(), mark)) {
        tail = FileBytes.skipTo(in, mark.position(), mark.tailLength());
        resume(mark);
      }
      LineStream lines = new LineStream(in, position, tail);
      readLines(lines);
      ending = lines.ending();
    }
    finish();
    return ending;
  }

  /** Reads a file that is one JSON array; each of its objects is a record. */
  private ReadResult document() throws IOException {
    byte[] bytes;
    try (InputStream in = FileBytes.open(file.path())) {
      bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
    }
    if (bytes.length > LARGEST_DOCUMENT) {
      return new ReadResult.Unread(
          "a JSON array is read up to " + (LARGEST_DOCUMENT >> 20) + " MiB");
    }
    firstLength = Math.min(bytes.length, LineStream.HEAD);
    fingerprint = FileMark.hash(bytes, 0, firstLength);
    GuardedReader into = newReader();
    try {
      new JsonReader().reset(bytes, 0, bytes.length).skip();
    } catch (JsonException incomplete) {
      return new ReadResult.Unread(
          "the JSON array is not complete (" + incomplete.getMessage() + ")");
    }
    JsonReader json = new JsonReader().reset(bytes, 0, bytes.length);
    json.enterArray();
    while (json.nextElement()) {
      boolean object = json.peek() == JsonReader.Token.OBJECT;
      int start = json.position();
      json.skip();
      totals.lines++;
      if (!object) {
        leftovers.unknown(new Reading.Unknown("no object"));
      } else {
        int end = json.position();
        switch (into.read(bytes, start, end, start, handover.batch())) {
          case Reading.Known known -> {}
          case Reading.Unknown unknown -> leftovers.unknown(unknown);
          case Reading.Refused refused -> set(start, refused.reason(), bytes, start, end);
        }
      }
    }
    position = bytes.length;
    reader = into;
    finish();
    return ReadResult.WHOLE;
  }

  /** Reads a file that is one JSON document, which tells a run; else its lines. */
  private ReadResult run(@Nullable FileMark mark) throws IOException, InterruptedException {
    byte[] bytes;
    try (InputStream in = FileBytes.open(file.path())) {
      bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
    }
    boolean binary = format == Formats.OTLP && OtlpFile.isProtobuf(bytes);
    int from = binary ? 0 : Recognition.start(bytes, 0, bytes.length);
    if (from == bytes.length || (!binary && WholeFile.isLines(bytes, from))) {
      return lines(mark);
    }
    if (bytes.length > LARGEST_DOCUMENT) {
      return new ReadResult.Unread(
          "a JSON document is read up to " + (LARGEST_DOCUMENT >> 20) + " MiB");
    }
    firstLength = Math.min(bytes.length, LineStream.TAIL);
    fingerprint = FileMark.hash(bytes, 0, firstLength);
    GuardedReader into = newReader();
    if (mark != null && mark.format() == format && mark.fingerprint().equals(fingerprint)) {
      into = restored(into, mark);
    }
    totals.lines++;
    ReadResult whole =
        switch (into.read(bytes, from, bytes.length, from, handover.batch())) {
          case Reading.Known known -> ReadResult.WHOLE;
          case Reading.Unknown unknown -> unknownPart(unknown);
          case Reading.Refused refused -> {
            pending = !closed && !binary && WholeFile.isTorn(bytes, from);
            yield new ReadResult.Unread(
                binary ? refused.reason() : WholeFile.refusal(bytes, from, refused.reason()));
          }
        };
    if (pending) { // Somebody writes it just now: it is read when it is whole.
      totals.lines--;
    } else {
      switch (whole) {
        case ReadResult.Unread unread -> set(from, unread.reason(), bytes, from, bytes.length);
        case ReadResult.Whole _ -> {
          if (mark != null && mark.setAside() > 0) {
            quarantine.mended(mark.fingerprint(), name);
          }
        }
      }
    }
    position = bytes.length;
    reader = into;
    finish();
    return ReadResult.WHOLE;
  }

  /** A document is of no known form as a whole, or holds parts of no known kind. */
  private ReadResult unknownPart(Reading.Unknown unknown) {
    if (unknown.kind().equals("document")) {
      return new ReadResult.Unread("not a run of a known form");
    }
    leftovers.unknown(unknown);
    return ReadResult.WHOLE;
  }

  private void resume(FileMark mark) {
    fingerprint = mark.fingerprint();
    firstLength = mark.firstLength();
    position = mark.position();
    leftovers.resume(mark);
    reader = restored(newReader(), mark);
  }

  private GuardedReader newReader() {
    return new GuardedReader(format.rows(context(), settings));
  }

  /** Goes on from the state in a mark; where that was damaged, without what it remembered. */
  private GuardedReader restored(GuardedReader fresh, FileMark mark) {
    try {
      fresh.reader().restore(mark.state());
      return fresh;
    } catch (RuntimeException damaged) {
      return newReader();
    }
  }

  private FileContext context() {
    return new FileContext(name, fingerprint, fallbackTime);
  }

  private void readLines(LineStream lines) throws IOException, InterruptedException {
    while (lines.next()) {
      GuardedReader into = reader(lines);
      if (lines.tooLong()) {
        tooLong(lines);
        if (!lines.terminated()) {
          return;
        }
      } else if (lines.terminated()) {
        line(lines, into);
      } else {
        lastLine(lines, into);
        return;
      }
      position = lines.end();
      if (handover.isFull()) {
        tail = lines.tail(true);
        commit(into, UNFINISHED);
        handover.handOver(totals.doneBytes + Math.min(position, stamp.size()));
      }
    }
    tail = lines.tail(true);
  }

  private GuardedReader reader(LineStream lines) {
    GuardedReader known = reader;
    if (known == null) {
      firstLength = Math.min(lines.to() - lines.from(), LineStream.HEAD);
      fingerprint = FileMark.hash(lines.bytes(), lines.from(), lines.from() + firstLength);
      known = newReader();
      reader = known;
    }
    return known;
  }

  private void line(LineStream lines, GuardedReader into) {
    byte[] bytes = lines.bytes();
    int from = start(lines);
    if (from == lines.to()) {
      return;
    }
    totals.lines++;
    long offset = lines.offset() + from - lines.from();
    switch (into.read(bytes, from, lines.to(), offset, handover.batch())) {
      case Reading.Known known -> {}
      case Reading.Unknown unknown -> leftovers.unknown(unknown);
      case Reading.Refused refused -> takeApart(bytes, from, lines.to(), offset, into);
    }
  }

  /**
   * A line without its feed: what is complete is read, the rest waits or, in a closed file, goes.
   */
  private void lastLine(LineStream lines, GuardedReader into) {
    if (format.shape() == Format.Shape.TEXT) {
      pending = !closed;
      if (closed) {
        line(lines, into);
        position = lines.end();
        tail = lines.tail(true);
      } else {
        tail = lines.tail(false);
      }
      return;
    }
    int from = start(lines);
    long offset = lines.offset() + from - lines.from();
    int rest = pieces.readLeading(lines.bytes(), from, lines.to(), offset, into, handover.batch());
    if (rest > from) {
      totals.lines++;
    }
    position = offset + rest - from;
    tail = lines.tailAt(rest);
    pending = rest < lines.to();
    if (pending && closed) {
      takeApart(lines.bytes(), rest, lines.to(), position, into);
      pending = false;
    }
  }

  private void tooLong(LineStream lines) {
    if (!lines.terminated() && !closed) {
      pending = true;
      tail = lines.tail(false);
      return;
    }
    totals.lines++;
    leftovers.piece(
        quarantine,
        new Quarantine.Piece(
            name, fingerprint, lines.offset(), lines.longLength(), lines.longHash()),
        "a line longer than " + (LineStream.LONGEST >> 20) + " MiB",
        lines.bytes(),
        lines.from(),
        lines.to());
    if (!lines.terminated()) {
      tail = lines.tail(false);
    }
  }

  private int start(LineStream lines) {
    int from = lines.from();
    byte[] bytes = lines.bytes();
    boolean mark =
        lines.offset() == 0
            && lines.to() - from >= 3
            && bytes[from] == (byte) 0xef
            && bytes[from + 1] == (byte) 0xbb
            && bytes[from + 2] == (byte) 0xbf;
    from = mark ? from + 3 : from;
    while (from < lines.to() && Pieces.isSpace(bytes[from])) {
      from++;
    }
    return from;
  }

  private void takeApart(byte[] bytes, int from, int to, long offset, GuardedReader into) {
    pieces.takeApart(
        bytes,
        from,
        to,
        offset,
        into,
        handover.batch(),
        (start, end, reason) -> set(offset + start - from, reason, bytes, start, end));
  }

  private void set(long offset, String reason, byte[] bytes, int from, int to) {
    leftovers.piece(quarantine, name, fingerprint, offset, reason, bytes, from, to);
  }

  private void finish() {
    GuardedReader known = reader;
    if (known != null) {
      commit(known, stamp);
      totals.sessions.addAll(known.reader().sessions());
      leftovers.end(known.reader().strangeFields());
    }
  }

  /** Puts everything held back and the position into the load. */
  private void commit(GuardedReader known, Stamp as) {
    known.reader().flush(handover.batch());
    FileMark mark =
        new FileMark(
            as,
            format,
            fingerprint,
            firstLength,
            position,
            FileMark.hash(tail, 0, tail.length),
            tail.length,
            pending,
            leftovers.setAside(),
            leftovers.unknown(),
            leftovers.strange(known.reader().strangeFields()),
            Map.of());
    handover.mark(new Mark(Importer.MARKS + name, FileMark.encode(mark, known.reader()::save)));
    quarantine.sync();
  }
}
