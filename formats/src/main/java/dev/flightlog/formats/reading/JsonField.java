package dev.flightlog.formats.reading;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonText;
import dev.flightlog.formats.occurrence.Content;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One wanted member of a JSON object: where its value lies, and what it is. Valid until the next
 * {@link JsonFields#read}; not thread-safe.
 */
public final class JsonField {
  final byte[] name;
  private final JsonFields owner;
  boolean ignored;
  @Nullable JsonFields child;
  @Nullable JsonObjects<?> list;
  int from = -1;
  int to;

  JsonField(JsonFields owner, String name) {
    this.owner = owner;
    this.name = name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Declares that an object under this key is walked too. */
  public JsonField walk(JsonFields fields) {
    child = fields;
    return this;
  }

  /** Declares that the objects of an array under this key are walked too. */
  public JsonField walk(JsonObjects<?> objects) {
    list = objects;
    return this;
  }

  /** The bytes in which the value lies. */
  public byte[] bytes() {
    return owner.bytes();
  }

  /** The index of the first byte of the value. */
  public int from() {
    return from;
  }

  /** The index behind the value. */
  public int to() {
    return to;
  }

  /** The value, lent. */
  public Content content() {
    return has() ? new Content(owner.bytes(), from, to) : Content.NONE;
  }

  /** True when the key is there with any value but null. */
  public boolean has() {
    return from >= 0 && owner.bytes()[from] != 'n';
  }

  /** True for a string. */
  public boolean isString() {
    return from >= 0 && owner.bytes()[from] == '"';
  }

  /** True for an object. */
  public boolean isObject() {
    return from >= 0 && owner.bytes()[from] == '{';
  }

  /** True for an array. */
  public boolean isArray() {
    return from >= 0 && owner.bytes()[from] == '[';
  }

  /** True for the value true. */
  public boolean isTrue() {
    return from >= 0 && owner.bytes()[from] == 't';
  }

  /** True for the value false. */
  public boolean isFalse() {
    return from >= 0 && owner.bytes()[from] == 'f';
  }

  /** True for a number. */
  public boolean isNumber() {
    return from >= 0 && (owner.bytes()[from] == '-' || Character.isDigit(owner.bytes()[from]));
  }

  /** True when the value is the string with exactly this ASCII text, unescaped. */
  public boolean is(String text) {
    int length = text.length();
    if (!isString() || to - from - 2 != length) {
      return false;
    }
    byte[] bytes = owner.bytes();
    for (int i = 0; i < length; i++) {
      if (bytes[from + 1 + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text of a string that is there and not empty, or null. */
  public @Nullable String string() {
    if (!isString() || to - from == 2) {
      return null;
    }
    return JsonText.unescape(owner.bytes(), from + 1, to - 1);
  }

  /** The whole part of a number, or {@code otherwise} when there is none. */
  public long integer(long otherwise) {
    return isNumber()
        ? owner.single().reset(owner.bytes(), from, to).integer(otherwise)
        : otherwise;
  }

  /** A number, or {@code otherwise} when there is none. */
  public double real(double otherwise) {
    return isNumber() ? owner.single().reset(owner.bytes(), from, to).real(otherwise) : otherwise;
  }

  /** The value as maps, lists and scalars, or null. */
  public @Nullable Object value() {
    return has() ? new JsonReader().reset(owner.bytes(), from, to).value() : null;
  }
}
