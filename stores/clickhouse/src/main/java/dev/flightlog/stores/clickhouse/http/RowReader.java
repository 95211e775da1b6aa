package dev.flightlog.stores.clickhouse.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows in ClickHouse's format RowBinary, value by value, in the order of the columns. For one
 * thread; blocks.
 */
public final class RowReader implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ServerConnection connection;
  private final BufferedInputStream in;
  private final byte[] eight = new byte[8];

  private RowReader(ServerConnection connection, InputStream in) {
    this.connection = connection;
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /** Asks, and holds all that is answered. */
  public static RowReader of(ServerConnection connection, Query query) {
    return of(connection, connection.ask(query));
  }

  /** Reads what was answered. */
  public static RowReader of(ServerConnection connection, byte[] answer) {
    return new RowReader(connection, new ByteArrayInputStream(answer));
  }

  /**
   * Asks for more than may be held. Reading fails as UNREACHABLE when the answer breaks off; then
   * the caller asks for the rest.
   */
  public static RowReader ofMany(ServerConnection connection, Query query) {
    return new RowReader(connection, connection.stream(query));
  }

  /** Whether there is a further row. */
  public boolean next() {
    try {
      in.mark(1);
      if (in.read() < 0) {
        return false;
      }
      in.reset();
      return true;
    } catch (IOException e) {
      throw connection.broken(e);
    }
  }

  /** Of a nullable column: whether there is a value, which is then read next. */
  public boolean present() {
    return oneByte() == 0;
  }

  public String text() {
    try {
      int length = length();
      byte[] utf8 = in.readNBytes(length);
      if (utf8.length < length) {
        throw new EOFException("within a text");
      }
      return new String(utf8, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw connection.broken(e);
    }
  }

  public @Nullable String textOrNull() {
    return present() ? text() : null;
  }

  /** An Int64 or UInt64. */
  public long whole() {
    try {
      if (in.readNBytes(eight, 0, 8) < 8) {
        throw new EOFException("within a number");
      }
    } catch (IOException e) {
      throw connection.broken(e);
    }
    long number = 0;
    for (int i = 7; i >= 0; i--) {
      number = number << 8 | eight[i] & 0xff;
    }
    return number;
  }

  public @Nullable Long wholeOrNull() {
    return present() ? (Long) whole() : null;
  }

  /** A Float64. */
  public double real() {
    return Double.longBitsToDouble(whole());
  }

  public @Nullable Double realOrNull() {
    return present() ? (Double) real() : null;
  }

  /** An Int128. */
  public BigInteger large() {
    long low = whole();
    long high = whole();
    BigInteger unsigned = BigInteger.valueOf(low);
    if (low < 0) {
      unsigned = unsigned.add(BigInteger.ONE.shiftLeft(64));
    }
    return BigInteger.valueOf(high).shiftLeft(64).add(unsigned);
  }

  /** A UInt8 or Bool. */
  public int oneByte() {
    try {
      int read = in.read();
      if (read < 0) {
        throw new EOFException("within a row");
      }
      return read;
    } catch (IOException e) {
      throw connection.broken(e);
    }
  }

  private int length() {
    long length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = oneByte();
      length |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return Math.toIntExact(length);
      }
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // What was asked for was read.
    }
  }
}
