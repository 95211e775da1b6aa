package dev.flightlog.learning.hooks;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where things stand in the bytes of a JSON text, so that all others can be kept as they are. */
final class JsonPlaces {
  private final byte[] bytes;

  JsonPlaces(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** From the first byte of a value to behind its last. */
  record Range(int from, int to) {}

  /** A member of an object; {@code from} is the place of its key. */
  record Member(String key, int from, Range value) {}

  /** The whole text as one value; throws a JsonException that says what is wrong with it. */
  Range whole() {
    JsonReader reader = new JsonReader().reset(bytes, 0, bytes.length);
    reader.peek();
    reader.skip();
    Range range = new Range(reader.start(), reader.end());
    reader.finish();
    return range;
  }

  boolean isObject(Range value) {
    return bytes[value.from] == '{';
  }

  boolean isArray(Range value) {
    return bytes[value.from] == '[';
  }

  List<Member> members(Range object) {
    JsonReader reader = new JsonReader().reset(bytes, object.from, object.to);
    reader.enterObject();
    List<Member> members = new ArrayList<>();
    while (reader.nextKey()) {
      String key = reader.key();
      int from = reader.keyStart() - 1;
      reader.peek();
      reader.skip();
      members.add(new Member(key, from, new Range(reader.start(), reader.end())));
    }
    return members;
  }

  /**
   * The member of this name.
   *
   * @throws IllegalArgumentException when there are two
   */
  Optional<Member> member(Range object, String key) {
    List<Member> found = members(object).stream().filter(each -> each.key.equals(key)).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException("it has two members " + key + ": remove one");
    }
    return found.stream().findFirst();
  }

  List<Range> elements(Range array) {
    JsonReader reader = new JsonReader().reset(bytes, array.from, array.to);
    reader.enterArray();
    List<Range> elements = new ArrayList<>();
    while (reader.nextElement()) {
      reader.peek();
      reader.skip();
      elements.add(new Range(reader.start(), reader.end()));
    }
    return elements;
  }

  /** The texts below a key, in an object and in all that is in it. */
  List<String> texts(Range value, String key) {
    List<String> texts = new ArrayList<>();
    if (isObject(value)) {
      for (Member member : members(value)) {
        if (member.key.equals(key) && bytes[member.value.from] == '"') {
          JsonReader reader = new JsonReader().reset(bytes, member.value.from, member.value.to);
          if (reader.peek() == Token.STRING) {
            texts.add(reader.string());
          }
        }
        texts.addAll(texts(member.value, key));
      }
    } else if (isArray(value)) {
      elements(value).forEach(each -> texts.addAll(texts(each, key)));
    }
    return texts;
  }

  boolean isTrue(Range value) {
    return bytes[value.from] == 't';
  }
}
