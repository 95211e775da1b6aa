package dev.flightlog.event.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Numbers of JSON that no 64-bit integer holds. */
  private static final List<String> BEYOND =
      List.of(
          "1e19",
          "1e300",
          "-1e300",
          "1e999",
          "-1E+999",
          "1e99999999999",
          "-1e99999999999999999999",
          "0.1e2147483649",
          "9223372036854775808",
          "-9223372036854775809",
          "9".repeat(400),
          "9".repeat(1000),
          "1." + "9".repeat(300) + "e2147483647");

  @Test
  void whatTheWriterWritesIsReadBackByAnotherParserAndByOurs() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Object value = Map.of("v", randomValue(random, 0));
      String json = new JsonWriter().value(value).toString();
      assertThat(json)
          .as("seed 7, round %d", i)
          .doesNotContain("\n", "\r", "\u0000", "\u001b", "\u2028");
      Object byJackson = JACKSON.readValue(json, Map.class);
      Object byUs = read(json);
      assertThat(JACKSON.writeValueAsString(byUs)).isEqualTo(JACKSON.writeValueAsString(byJackson));
    }
  }

  @Test
  void textThatIsMutatedIsAcceptedExactlyWhenAnotherParserAcceptsIt() {
    Random random = new Random(11);
    String base =
        "{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",{\"b\":null,\"c\":[true,false]}],\"d\":\"\\ud83d\\ude00\"}";
    int accepted = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder(base);
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.setCharAt(at, "{}[],:\"\\0129.eE+-untfrx ".charAt(random.nextInt(24)));
          default -> text.insert(at, "{}[],:\"\\0129.eE+-untfrx ".charAt(random.nextInt(24)));
        }
      }
      boolean byJackson = acceptedByJackson(text.toString());
      accepted += byJackson ? 1 : 0;
      assertThat(acceptedByUs(text.toString()))
          .as("seed 11, round %d: %s", i, text)
          .isEqualTo(byJackson);
    }
    assertThat(accepted).isBetween(3_000, 57_000);
  }

  @Test
  void nestingBeyondTheLimitIsRefusedAndNotFollowed() {
    String deep = "[".repeat(1_000_000);
    assertThatThrownBy(() -> read(deep))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("nested deeper");
    assertThatThrownBy(() -> new JsonReader().reset(bytes(deep), 0, deep.length()).skip())
        .isInstanceOf(JsonException.class);
  }

  @Test
  void aNumberOfAThousandDigitsIsTheLongestAllowed() {
    assertThat(read("{\"n\":" + "1".repeat(1000) + "}")).isNotNull();
    assertThatThrownBy(() -> read("{\"n\":" + "1".repeat(1001) + "}"))
        .hasMessageContaining("longer than 1000");
  }

  @Test
  void loneSurrogatesAndBytesThatAreNoUtf8BecomeTheReplacementCharacter() {
    assertThat(new JsonWriter().string("a\ud800b").toString()).isEqualTo("\"a\ufffdb\"");
    assertThat(read("[\"\\ud800x\"]")).isEqualTo(List.of("\ufffdx"));
    byte[] broken = {'[', '"', (byte) 0xff, 'a', '"', ']'};
    assertThat(new JsonReader().reset(broken, 0, broken.length).value())
        .isEqualTo(List.of("\ufffda"));
  }

  @Test
  void wholeNumbersAreReadExactlyAndOthersAreCut() {
    assertThat(integer("9007199254740993")).isEqualTo(9007199254740993L);
    assertThat(integer("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(integer("12.9")).isEqualTo(12);
    assertThat(integer("1e3")).isEqualTo(1000);
    assertThat(integer("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(integer("0.000000000000000000000000012")).isZero();
  }

  @Test
  void aNumberThatDoesNotFitIsNeverClamped() {
    for (String number : BEYOND) {
      byte[] json = bytes(number);
      JsonReader reader = new JsonReader();
      assertThat(reader.reset(json, 0, json.length).integer(-7)).as(number).isEqualTo(-7);
      assertThatThrownBy(() -> reader.reset(json, 0, json.length).integer())
          .as(number)
          .isInstanceOf(JsonException.class);
      assertThat(read(number)).as(number).isIn(new JsonNumber(number), doubleOrNull(number));
      String list = "[" + number + "]";
      assertThat(new JsonWriter().value(read(list)).toString())
          .satisfiesAnyOf(
              text -> assertThat(text).isEqualTo(list),
              text -> assertThat(doubleOrNull(number)).isNotNull());
    }
  }

  @Test
  void aRealNumberIsTheOneThatIsNearestToItsDigits() {
    Random random = new Random(1);
    List<String> numbers =
        new ArrayList<>(
            List.of("0", "-0", "0.0", "-0.000", "9999999999999999", "0.30000000000000", "1e5"));
    for (int i = 0; i < 2_000; i++) {
      String digits = Long.toString(random.nextLong() >>> random.nextInt(64) & Long.MAX_VALUE);
      int point = random.nextInt(digits.length());
      String whole = point == 0 ? "0" : digits.substring(0, point);
      numbers.add((random.nextBoolean() ? "-" : "") + whole + "." + digits.substring(point));
      numbers.add(digits);
    }
    JsonReader reader = new JsonReader();
    for (String number : numbers) {
      byte[] json = bytes(number);
      assertThat(Double.doubleToRawLongBits(reader.reset(json, 0, json.length).real()))
          .as(number)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(number)));
    }
  }

  @Test
  void noLiteralIsAnsweredByAnythingButAValueOrAJsonException() {
    for (String literal : OddValues.ALL) {
      for (String json : List.of(literal, "[" + literal + "]", "{\"a\":{\"b\":" + literal + "}}")) {
        byte[] utf8 = bytes(json);
        List<Consumer<JsonReader>> uses =
            List.of(
                JsonReader::value,
                JsonReader::skip,
                JsonReader::integer,
                r -> r.integer(0),
                JsonReader::real,
                r -> r.real(0),
                JsonReader::string,
                JsonReader::bool);
        for (Consumer<JsonReader> use : uses) {
          try {
            use.accept(new JsonReader().reset(utf8, 0, utf8.length));
          } catch (JsonException expected) {
            assertThat(expected.offset()).isBetween(0, utf8.length);
          }
        }
      }
    }
  }

  @Test
  void aSkippedValueIsAvailableAsItWasWritten() {
    byte[] json = bytes("{\"a\": [1, {\"b\":2}] , \"c\":\"d\"}");
    JsonReader reader = new JsonReader().reset(json, 0, json.length);
    reader.enterObject();
    assertThat(reader.nextKey()).isTrue();
    reader.skip();
    assertThat(reader.raw()).isEqualTo("[1, {\"b\":2}]");
    assertThat(reader.keyIs("a")).isTrue();
  }

  private static @Nullable Double doubleOrNull(String number) {
    double value = Double.parseDouble(number);
    return Double.isInfinite(value) || !number.matches(".*[.eE].*") ? null : (Double) value;
  }

  private static long integer(String json) {
    return new JsonReader().reset(bytes(json), 0, json.length()).integer();
  }

  private static Object read(String json) {
    byte[] utf8 = bytes(json);
    JsonReader reader = new JsonReader().reset(utf8, 0, utf8.length);
    Object value = reader.value();
    reader.finish();
    return value == null ? "null" : value;
  }

  private static boolean acceptedByUs(String json) {
    try {
      read(json);
      byte[] utf8 = bytes(json);
      JsonReader reader = new JsonReader().reset(utf8, 0, utf8.length);
      reader.skip();
      reader.finish();
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private static boolean acceptedByJackson(String json) {
    try {
      return !JACKSON.readTree(json).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 7)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt(1000) - 500;
      case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
      case 3 -> random.nextBoolean();
      case 4 -> randomText(random);
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(randomValue(random, depth + 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(randomText(random), randomValue(random, depth + 1));
        }
        yield map;
      }
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.appendCodePoint(0x1f600 + random.nextInt(40));
        case 2 -> text.append((char) (0x80 + random.nextInt(0x700)));
        case 3 -> text.append((char) (0x2000 + random.nextInt(0x60)));
        case 4 -> text.append("\"\\/\u007f\u0085".charAt(random.nextInt(5)));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }
}
