package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ten thousand random texts with a secret of a known format somewhere under JSON escapes. */
class PlantedSecretsTest {
  private static final long SEED = 4711;
  private static final int TEXTS = 10_000;
  private static final String[] NOISE = {
    "\n",
    "\t",
    "\"",
    "\\",
    "\\\\",
    "'",
    "{",
    "}",
    ":",
    ",",
    "=",
    " ",
    "/",
    "ä",
    "密",
    "🔑",
    "\u0001",
    "password",
    "token=",
    "api_key: ",
    "https://",
    "eyJ",
    "sk-",
    "x",
    "42",
    "\r\n",
    "-----BEGIN ",
    "cookie: ",
    "Authorization: ",
    "u0022",
    "n",
    "<b>",
    "[redacted:",
    "]",
    "null"
  };

  private static final String[] BEFORE = {
    " ",
    "\n",
    "\t",
    "\r\n",
    "\"",
    "'",
    "=",
    ": ",
    "(",
    "?key%3D",
    "\u001b[31m",
    "\u001b[1;32m",
    "`",
    "<",
    ",",
    "|"
  };
  private static final String[] AFTER = {
    " ",
    "\n",
    "\t",
    "\r\n",
    "\"",
    "'",
    ", ",
    ")",
    "&x=1",
    "%26x",
    "\u001b[0m",
    "`",
    ">",
    ";",
    "|",
    "\\"
  };

  private final ObjectMapper mapper = new ObjectMapper();
  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));

  @Test
  void plantedSecretsAreGoneAndTheLineIsStillJsonAndStaysTheSame() throws Exception {
    Random random = new Random(SEED);
    List<String> forms = List.copyOf(SecretForms.KNOWN.values());
    for (int i = 0; i < TEXTS; i++) {
      String secret = SecretForms.make(forms.get(random.nextInt(forms.size())), random);
      String text =
          noise(random) + pick(BEFORE, random) + secret + pick(AFTER, random) + noise(random);
      String line = encode(text, random.nextInt(4));
      String redacted = redact(line);
      String where = "seed " + SEED + ", text " + i + ": " + line + " -> " + redacted;
      String end = secret.substring(secret.length() - 12);
      assertThat(redacted)
          .as(where)
          .doesNotContain(secret)
          .doesNotContain(end)
          .doesNotContain("\n");
      assertThat(mapper.readTree(redacted).get("n").asInt()).as(where).isEqualTo(7);
      assertThat(redact(redacted)).as(where).isEqualTo(redacted);
      String plain = redactor.redact(text);
      assertThat(plain).as(where).doesNotContain(secret);
      assertThat(redactor.redact(plain)).as(where).isEqualTo(plain);
    }
  }

  @Test
  void randomTextsWithoutSecretsStayOneValidLineAndDoNotChangeTwice() throws Exception {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < TEXTS; i++) {
      String line = encode(noise(random) + noise(random), random.nextInt(4));
      String redacted = redact(line);
      assertThat(mapper.readTree(redacted).get("n").asInt()).as(line).isEqualTo(7);
      assertThat(redact(redacted))
          .as("seed %d, text %d: %s", SEED + 1, i, line)
          .isEqualTo(redacted);
    }
  }

  private String redact(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer buffer = new RedactionBuffer();
    return redactor.redact(bytes, 0, bytes.length, buffer)
        ? new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8)
        : line;
  }

  private String encode(String text, int depth) throws JsonProcessingException {
    String inner = text;
    for (int i = 0; i < depth; i++) {
      inner = mapper.writeValueAsString(Map.of("inner", inner));
    }
    return "{\"text\":" + mapper.writeValueAsString(inner) + ",\"n\":7}";
  }

  private static String pick(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  private static String noise(Random random) {
    StringBuilder noise = new StringBuilder();
    int parts = random.nextInt(30);
    for (int i = 0; i < parts; i++) {
      noise.append(NOISE[random.nextInt(NOISE.length)]);
    }
    return noise.toString();
  }
}
