package dev.flightlog.formats.otlp;

/**
 * Reads requests and documents of the protocol. Both forms give the same records. Stateless.
 *
 * <p>What is no request at all is a {@link BadRecordException} before any record was told; a bad
 * record within one costs itself, and is told by {@link OtlpRecord.Sink#refuse}. No other exception
 * comes from bad bytes.
 */
public final class OtlpBytes {
  /** The most values one record may have, its attributes and theirs. */
  static final int MOST_VALUES = 20_000;

  /** How deep values may lie in each other. */
  static final int DEEPEST = 64;

  private OtlpBytes() {}

  /**
   * Reads a message {@code Export…ServiceRequest} or {@code …Data}.
   *
   * @throws BadRecordException when it is none
   */
  public static void protobuf(Signal signal, byte[] bytes, int from, int to, OtlpRecord.Sink out) {
    ProtobufFrames.check(bytes, from, to);
    new ProtobufFrames(signal, out).read(new Wire(bytes, from, to));
  }

  /**
   * Reads the same as JSON.
   *
   * @throws BadRecordException when it is none
   */
  public static void json(Signal signal, byte[] bytes, int from, int to, OtlpRecord.Sink out) {
    JsonFrames.read(signal, bytes, from, to, out);
  }
}
