package dev.flightlog.formats.otlp;

import org.jspecify.annotations.Nullable;

/**
 * A file of OTLP in protobuf: one message, or several with their length before each in four bytes,
 * as the collector's file exporter writes them. Which signal it is the records themselves tell.
 * Stateless.
 */
public final class OtlpFile {
  /** How every message of the protocol begins: field 1, with a length. */
  private static final byte FIRST = 0x0a;

  private static final int PREFIX = 4;

  private OtlpFile() {}

  /** True when these can only be such bytes: no JSON begins so. */
  public static boolean isProtobuf(byte[] bytes) {
    return isFramed(bytes, 0, bytes.length) || (bytes.length > 0 && isMessage(bytes));
  }

  private static boolean isMessage(byte[] bytes) {
    if (bytes[0] != FIRST) {
      return false;
    }
    try {
      ProtobufFrames.check(bytes, 0, bytes.length);
      return true;
    } catch (BadRecordException e) {
      return false;
    }
  }

  private static boolean isFramed(byte[] bytes, int from, int to) {
    int length = length(bytes, from, to);
    return length > 0 && bytes[from + PREFIX] == FIRST;
  }

  /** The length of the message that follows; -1 when no such message does. */
  private static int length(byte[] bytes, int from, int to) {
    if (to - from <= PREFIX) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < PREFIX; i++) {
      length = length << 8 | bytes[from + i] & 0xff;
    }
    return length <= 0 || length > to - from - PREFIX ? -1 : length;
  }

  /**
   * Reads all messages.
   *
   * @throws BadRecordException when something in them is none
   */
  static void read(byte[] bytes, int from, int to, OtlpRecord.Sink out) {
    if (!isFramed(bytes, from, to)) {
      message(bytes, from, to, out);
      return;
    }
    int at = from;
    while (at < to) {
      int length = length(bytes, at, to);
      if (length < 0) {
        throw new BadRecordException("the file ends within a message");
      }
      message(bytes, at + PREFIX, at + PREFIX + length, out);
      at += PREFIX + length;
    }
  }

  private static void message(byte[] bytes, int from, int to, OtlpRecord.Sink out) {
    ProtobufFrames.check(bytes, from, to);
    Signal signal = signal(bytes, from, to);
    if (signal != null) {
      OtlpBytes.protobuf(signal, bytes, from, to, out);
    }
  }

  /** What the first record is; null when there is none. */
  static @Nullable Signal signal(byte[] bytes, int from, int to) {
    Wire request = new Wire(bytes, from, to);
    while (request.next()) {
      if (request.field(Wire.BYTES) != 1) {
        request.skip();
        continue;
      }
      Wire resource = request.message();
      while (resource.next()) {
        if (resource.field(Wire.BYTES) != 2) {
          resource.skip();
          continue;
        }
        Wire scope = resource.message();
        while (scope.next()) {
          if (scope.field(Wire.BYTES) == 2) {
            return of(scope.message());
          }
          scope.skip();
        }
      }
    }
    return null;
  }

  private static Signal of(Wire record) {
    boolean trace = false;
    boolean span = false;
    while (record.next()) {
      int field = record.field();
      if (record.type() == Wire.FIXED64 && (field == 1 || field == 11)) {
        return Signal.LOGS;
      }
      if (record.type() == Wire.BYTES && field <= 2) {
        int length = record.copy().length;
        trace |= field == 1 && length == 16;
        span |= field == 2 && length == 8;
        if (trace && span) {
          return Signal.TRACES;
        }
      } else {
        record.skip();
      }
    }
    return Signal.METRICS;
  }
}
