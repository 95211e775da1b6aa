package dev.flightlog.event.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) from UTF-8 bytes as the caller walks it: enter an object, take key after
 * key, and read or {@link #skip()} each value. Whatever was skipped or read lies between {@link
 * #start()} and {@link #end()} as raw bytes, so that a part of a line can be passed on uncopied.
 *
 * <pre>{@code
 * reader.reset(bytes, from, to).enterObject();
 * while (reader.nextKey()) {
 *   if (reader.keyIs("tool")) tool = reader.string(); else reader.skip();
 * }
 * }</pre>
 *
 * <p>Not safe for several threads. Fails with {@link JsonException} at the first byte that is not
 * JSON, at a nesting beyond {@value #MAX_DEPTH}, and at a number of more than {@value
 * #MAX_NUMBER_LENGTH} characters. Bytes that are not UTF-8 become U+FFFD when text is read.
 */
public final class JsonReader {
  /** How deep objects and arrays may nest. */
  public static final int MAX_DEPTH = 200;

  /** How many characters a number may have. */
  public static final int MAX_NUMBER_LENGTH = 1000;

  /** What the next value is. */
  public enum Token {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    /** There is nothing but white space. */
    END
  }

  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = 0x2020202020202020L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 1 for a byte that ends the quick run through a string: quote, backslash, control. */
  private static final byte[] STOP = new byte[256];

  static {
    Arrays.fill(STOP, 0, 32, (byte) 1);
    STOP['"'] = 1;
    STOP['\\'] = 1;
  }

  /** Below it every whole double is a long. */
  private static final double SURELY_LONG = 1e18;

  /** So many characters hold no more than fifteen digits of a fraction, or sixteen of a whole. */
  private static final int MOST_SHORT = 16;

  private static final double[] POWERS_OF_TEN = powersOfTen();

  private static double[] powersOfTen() {
    double[] powers = new double[MOST_SHORT];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  private byte[] bytes = new byte[0];
  private int at;
  private int limit;
  private int depth;
  private boolean fresh;
  private int start;
  private int end;
  private int keyStart;
  private int keyEnd;
  private boolean keyEscaped;
  private boolean escaped;

  /** Begins to read these bytes. */
  public JsonReader reset(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    limit = to;
    depth = 0;
    fresh = false;
    return this;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The index of the next unread byte. */
  public int position() {
    return at;
  }

  /** Where the value that was read or skipped last begins; for a string, behind its quote. */
  public int start() {
    return start;
  }

  /** Where the value that was read or skipped last ends; for a string, before its quote. */
  public int end() {
    return end;
  }

  /** What comes next; reads nothing. */
  public Token peek() {
    space();
    if (at >= limit) {
      return Token.END;
    }
    return switch (bytes[at]) {
      case '{' -> Token.OBJECT;
      case '[' -> Token.ARRAY;
      case '"' -> Token.STRING;
      case 't', 'f' -> Token.BOOLEAN;
      case 'n' -> Token.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Token.NUMBER;
      default -> throw wrong("a value was expected");
    };
  }

  public void enterObject() {
    enter('{', "an object was expected");
  }

  public void enterArray() {
    enter('[', "an array was expected");
  }

  /** Goes to the next key of the object that was entered last; false when that has ended. */
  public boolean nextKey() {
    if (!next('}')) {
      return false;
    }
    scanString();
    keyStart = start;
    keyEnd = end;
    keyEscaped = escaped;
    space();
    if (at >= limit || bytes[at] != ':') {
      throw wrong("a colon was expected");
    }
    at++;
    return true;
  }

  /** Goes to the next element of the array that was entered last; false when that has ended. */
  public boolean nextElement() {
    return next(']');
  }

  /** True when the key that was read last is this ASCII name. */
  public boolean keyIs(String name) {
    int length = name.length();
    if (keyEnd - keyStart != length || keyEscaped) {
      return keyEscaped && key().equals(name);
    }
    for (int i = 0; i < length; i++) {
      if (bytes[keyStart + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  public String key() {
    return text(keyStart, keyEnd, keyEscaped);
  }

  /** True when the key that was read last contains a backslash. */
  public boolean isKeyEscaped() {
    return keyEscaped;
  }

  public int keyStart() {
    return keyStart;
  }

  public int keyEnd() {
    return keyEnd;
  }

  /** Reads a string. */
  public String string() {
    scanString();
    return text(start, end, escaped);
  }

  /** Goes over a string without decoding it; its raw bytes are from start to end. */
  public void scanString() {
    space();
    if (at >= limit || bytes[at] != '"') {
      throw wrong("a string was expected");
    }
    int i = at + 1;
    int from = i;
    boolean escapes = false;
    byte[] source = bytes;
    for (; ; ) {
      i = plainEnd(source, i, limit);
      if (i >= limit) {
        at = limit;
        throw wrong("a string does not end");
      }
      byte b = source[i];
      if (b == '"') {
        break;
      } else if (b == '\\') {
        escapes = true;
        i = afterEscape(i);
      } else {
        at = i;
        throw wrong("a control character stands in a string");
      }
    }
    start = from;
    end = i;
    escaped = escapes;
    at = i + 1;
  }

  /**
   * The end of the run of bytes that need no look: eight at a time, where a byte that is a quote, a
   * backslash or a control character borrows and sets its high bit.
   */
  private static int plainEnd(byte[] source, int from, int limit) {
    int i = from;
    for (; i + 8 <= limit; i += 8) {
      long word = (long) LONGS.get(source, i);
      long quote = word ^ 0x2222222222222222L;
      long slash = word ^ 0x5c5c5c5c5c5c5c5cL;
      long stops =
          ((quote - ONES & ~quote) | (slash - ONES & ~slash) | (word - SPACES & ~word)) & HIGHS;
      if (stops != 0) {
        return i + (Long.numberOfTrailingZeros(stops) >>> 3);
      }
    }
    while (i < limit && STOP[source[i] & 0xff] == 0) {
      i++;
    }
    return i;
  }

  /** True when the string that was read or scanned last contains a backslash. */
  public boolean escaped() {
    return escaped;
  }

  /** The string that was scanned last, decoded. */
  public String scanned() {
    return text(start, end, escaped);
  }

  public boolean bool() {
    if (peek() != Token.BOOLEAN) {
      throw wrong("true or false was expected");
    }
    skip();
    return bytes[start] == 't';
  }

  /**
   * Reads a number as a whole one; a fraction is cut off.
   *
   * @throws JsonException if it is no number or does not fit a {@code long}
   */
  public long integer() {
    scanNumber();
    if (!fitsLong()) {
      throw new JsonException("a number does not fit a 64-bit integer", start);
    }
    return wholePart();
  }

  /** Reads a number as a whole one, or {@code otherwise} when it does not fit a {@code long}. */
  public long integer(long otherwise) {
    scanNumber();
    return fitsLong() ? wholePart() : otherwise;
  }

  private boolean fitsLong() {
    if (end - start <= 18 && isWhole()) {
      return true;
    }
    double value = Double.parseDouble(raw());
    if (Math.abs(value) < SURELY_LONG || !isWhole()) {
      return Math.abs(value) < 0x1p63;
    }
    return end - start <= 20 && isLong(new BigInteger(raw()));
  }

  private static boolean isLong(BigInteger value) {
    return value.bitLength() < 64;
  }

  private long wholePart() {
    if (!isWhole()) {
      return (long) Double.parseDouble(raw());
    }
    if (end - start > 18) {
      return Long.parseLong(raw());
    }
    int i = start;
    boolean negative = bytes[i] == '-';
    long value = 0;
    for (i += negative ? 1 : 0; i < end; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return negative ? -value : value;
  }

  /**
   * Reads a number as a floating one.
   *
   * @throws JsonException if it is no number or beyond the range of a {@code double}
   */
  public double real() {
    double value = real(Double.NaN);
    if (Double.isNaN(value)) {
      throw new JsonException("a number does not fit a 64-bit floating point number", start);
    }
    return value;
  }

  /** Reads a number, or {@code otherwise} when it is beyond the range of a {@code double}. */
  public double real(double otherwise) {
    scanNumber();
    double value = shortReal();
    if (!Double.isNaN(value)) {
      return value;
    }
    value = Double.parseDouble(raw());
    return Double.isInfinite(value) ? otherwise : value;
  }

  /**
   * The number that was scanned last, when it has so few digits that these, and the power of ten
   * that they are divided by, are doubles without an error; else NaN.
   */
  private double shortReal() {
    if (end - start > MOST_SHORT) {
      return Double.NaN;
    }
    boolean negative = bytes[start] == '-';
    long digits = 0;
    int point = end;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      byte b = bytes[i];
      if (b == '.') {
        point = i + 1;
      } else if (b == 'e' || b == 'E') {
        return Double.NaN;
      } else {
        digits = digits * 10 + (b - '0');
      }
    }
    double value = digits / POWERS_OF_TEN[end - point];
    return negative ? -value : value;
  }

  /** True when the number that was read last is written without fraction and exponent. */
  public boolean isWhole() {
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b == '.' || b == 'e' || b == 'E') {
        return false;
      }
    }
    return true;
  }

  /** The value that was read or skipped last, as it is written. */
  public String raw() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /**
   * Goes over one whole value; its raw bytes, quotes and brackets included, are from start to end.
   */
  public void skip() {
    space();
    int from = at;
    switch (peek()) {
      case OBJECT -> {
        enterObject();
        while (nextKeyUnseen()) {
          skip();
        }
      }
      case ARRAY -> {
        enterArray();
        while (nextElement()) {
          skip();
        }
      }
      case STRING -> scanString();
      case NUMBER -> scanNumber();
      case BOOLEAN -> literal(bytes[at] == 't' ? "true" : "false");
      case NULL -> literal("null");
      case END -> throw wrong("the text ends where a value was expected");
    }
    start = from;
    end = at;
  }

  private boolean nextKeyUnseen() {
    int formerStart = keyStart;
    int formerEnd = keyEnd;
    boolean formerEscaped = keyEscaped;
    boolean more = nextKey();
    keyStart = formerStart;
    keyEnd = formerEnd;
    keyEscaped = formerEscaped;
    return more;
  }

  /**
   * Reads any value as maps (in order), lists, text, Long, Double, Boolean and null; a number that
   * fits neither as {@link JsonNumber}.
   */
  public @Nullable Object value() {
    return switch (peek()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        enterObject();
        while (nextKey()) {
          String key = key();
          map.put(key, value());
        }
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        enterArray();
        while (nextElement()) {
          list.add(value());
        }
        yield list;
      }
      case STRING -> string();
      case NUMBER -> numberValue();
      case BOOLEAN -> bool();
      case NULL -> {
        skip();
        yield null;
      }
      case END -> throw wrong("the text ends where a value was expected");
    };
  }

  private Object numberValue() {
    scanNumber();
    if (isWhole()) {
      return fitsLong() ? (Object) wholePart() : new JsonNumber(raw());
    }
    double value = Double.parseDouble(raw());
    boolean lost = Double.isInfinite(value) || value == 0 && hasDigits();
    return lost ? (Object) new JsonNumber(raw()) : Double.valueOf(value);
  }

  /** Whether the number that was read last is not zero as it is written. */
  private boolean hasDigits() {
    for (int i = start; i < end && bytes[i] != 'e' && bytes[i] != 'E'; i++) {
      if (bytes[i] >= '1' && bytes[i] <= '9') {
        return true;
      }
    }
    return false;
  }

  /** Fails unless only white space is left. */
  public void finish() {
    if (peek() != Token.END) {
      throw wrong("the text goes on behind its value");
    }
  }

  private void enter(char bracket, String otherwise) {
    space();
    if (at >= limit || bytes[at] != bracket) {
      throw wrong(otherwise);
    }
    if (++depth > MAX_DEPTH) {
      throw wrong("nested deeper than " + MAX_DEPTH);
    }
    at++;
    fresh = true;
  }

  private boolean next(char bracket) {
    space();
    if (at >= limit) {
      throw wrong("the text ends within an object or array");
    }
    byte b = bytes[at];
    if (b == bracket) {
      at++;
      depth--;
      fresh = false;
      return false;
    }
    if (fresh) {
      fresh = false;
    } else if (b == ',') {
      at++;
      space();
      if (at < limit && (bytes[at] == '}' || bytes[at] == ']')) {
        throw wrong("a value was expected behind the comma");
      }
    } else {
      throw wrong("a comma was expected");
    }
    return true;
  }

  private void scanNumber() {
    if (peek() != Token.NUMBER) {
      throw wrong("a number was expected");
    }
    int i = at;
    if (bytes[i] == '-') {
      i++;
    }
    int digits = i;
    i = digits(i);
    if (i == digits || (bytes[digits] == '0' && i > digits + 1)) {
      throw wrong("a number is not well formed");
    }
    if (i < limit && bytes[i] == '.') {
      int fraction = ++i;
      i = digits(i);
      if (i == fraction) {
        throw wrong("a number is not well formed");
      }
    }
    if (i < limit && (bytes[i] == 'e' || bytes[i] == 'E')) {
      i++;
      if (i < limit && (bytes[i] == '+' || bytes[i] == '-')) {
        i++;
      }
      int exponent = i;
      i = digits(i);
      if (i == exponent) {
        throw wrong("a number is not well formed");
      }
    }
    if (i - at > MAX_NUMBER_LENGTH) {
      throw wrong("a number is longer than " + MAX_NUMBER_LENGTH + " characters");
    }
    start = at;
    end = i;
    at = i;
  }

  private int digits(int from) {
    int i = from;
    while (i < limit && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  private void literal(String word) {
    int length = word.length();
    for (int i = 0; i < length; i++) {
      if (at + i >= limit || bytes[at + i] != word.charAt(i)) {
        throw wrong(word + " was expected");
      }
    }
    at += length;
  }

  private int afterEscape(int backslash) {
    int i = backslash + 1;
    if (i >= limit) {
      at = limit;
      throw wrong("a string does not end");
    }
    switch (bytes[i]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
        return i + 1;
      case 'u':
        for (int k = 1; k <= 4; k++) {
          if (i + k >= limit || Character.digit(bytes[i + k], 16) < 0) {
            at = Math.min(i + k, limit);
            throw wrong("a unicode escape is not well formed");
          }
        }
        return i + 5;
      default:
        at = i;
        throw wrong("an escape is not known");
    }
  }

  private String text(int from, int to, boolean withEscapes) {
    return withEscapes
        ? JsonText.unescape(bytes, from, to)
        : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void space() {
    while (at < limit) {
      byte b = bytes[at];
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return;
      }
      at++;
    }
  }

  private JsonException wrong(String message) {
    return new JsonException(message, at);
  }
}
